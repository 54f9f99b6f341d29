"""What a life is told in: short sentences in English and Dutch. Kinds of help and organisations are filled in."""

from __future__ import annotations

from sim.errors import Sentences

say = Sentences(
    {
        # who it is
        "person": (
            "A person of {age}, {frailty}, {network}. {voice}",
            "Iemand van {age} jaar, {frailty}, {network}. {voice}",
        ),
        "frailty 0": ("still quite fit", "nog redelijk fit"),
        "frailty 1": ("frail", "kwetsbaar"),
        "frailty 2": ("very frail", "heel kwetsbaar"),
        "network 0": ("with no family or friends to help", "zonder familie of vrienden die helpen"),
        "network 1": ("with a few people around who help", "met een paar mensen in de buurt die helpen"),
        "network 2": ("with many people around who help", "met veel mensen in de buurt die helpen"),
        "voice 0": ("Finds it hard to say what is wanted.", "Vindt het moeilijk om een wens uit te spreken."),
        "voice 1": ("Can say what is wanted.", "Kan een wens uitspreken."),
        "voice 2": ("Says clearly what is wanted.", "Spreekt een wens duidelijk uit."),
        # how it was picked
        "by gainer": (
            "Picked by rule: {n} of the {all} people are better off under “{regime}”. Of those this is the one in the "
            "middle.",
            "Gekozen door een regel: van de {all} mensen zijn er {n} beter af onder “{regime}”. Van hen is dit de "
            "middelste.",
        ),
        "by loser": (
            "Picked by rule: {n} of the {all} people are worse off under “{regime}”. Of those this is the one in the "
            "middle.",
            "Gekozen door een regel: van de {all} mensen zijn er {n} slechter af onder “{regime}”. Van hen is dit de "
            "middelste.",
        ),
        "by random": (
            "Picked by lot, out of the {all} people.",
            "Gekozen door het lot, uit de {all} mensen.",
        ),
        "by number": ("Asked for by number: client {client}.", "Gevraagd met een nummer: cliënt {client}."),
        "heading gainer": ("Somebody who gains", "Iemand die erop vooruitgaat"),
        "heading loser": ("Somebody who loses", "Iemand die erop achteruitgaat"),
        "heading random": ("Somebody picked by lot", "Iemand die door het lot is gekozen"),
        "heading number": ("Client {client}", "Cliënt {client}"),
        "rule": (
            "Who can be picked: people who came in the first half of the time, and who got help or stood on a waiting "
            "list. Better off means: the help was worth more, per hour asked.",
            "Wie gekozen kan worden: mensen die in de eerste helft van de tijd kwamen, en die hulp kregen of op een "
            "wachtlijst stonden. Beter af betekent: de hulp was meer waard, per uur dat is gevraagd.",
        ),
        "nobody gainer": ("Nobody gains in this pair of worlds.", "Niemand gaat erop vooruit in dit paar werelden."),
        "nobody loser": ("Nobody loses in this pair of worlds.", "Niemand gaat erop achteruit in dit paar werelden."),
        "nobody random": ("There is nobody to tell about.", "Er is niemand over wie te vertellen valt."),
        "caution": (
            "One life is an example. It proves nothing: only averages over many people and many worlds can.",
            "Eén leven is een voorbeeld. Het bewijst niets: dat kunnen alleen gemiddelden over veel mensen en veel "
            "werelden.",
        ),
        # asking
        "needs": ("This person needs help: {kinds}.", "Deze persoon heeft hulp nodig: {kinds}."),
        "need": ("{kind} ({hours} hours a week)", "{kind} ({hours} uur per week)"),
        "hidden": (
            "At first the person speaks of one need only.",
            "Eerst noemt de persoon maar één vraag.",
        ),
        # how things stood on day 0
        "there": (
            "On day 0 this person has been known for {days}, since {date}.",
            "Op dag 0 is deze persoon al {days} bekend, sinds {date}.",
        ),
        "there at least": (
            "On day 0 this person has been known for {days} or longer.",
            "Op dag 0 is deze persoon al {days} of langer bekend.",
        ),
        "stood helped": (
            "There is help: {kind}, by {organisation}, since {date}.",
            "Er is hulp: {kind}, door {organisation}, sinds {date}.",
        ),
        "stood helped by volunteers": (
            "There is help by volunteers: {kind}, since {date}.",
            "Er is hulp van vrijwilligers: {kind}, sinds {date}.",
        ),
        "stood listed": (
            "On the waiting list of {organisation} since {date}: {kind}.",
            "Sinds {date} op de wachtlijst van {organisation}: {kind}.",
        ),
        "stood known": (
            "Brought up before, without help yet: {kind}.",
            "Al ter sprake gekomen, nog zonder hulp: {kind}.",
        ),
        "stood unheard": (
            "Nobody knows of it yet: {kind}.",
            "Nog niemand weet ervan: {kind}.",
        ),
        "no sums": (
            "This person came before day 0, when both worlds were still the same. Sums over a life, and what the help "
            "was worth, are worked out only for people who came later.",
            "Deze persoon kwam vóór dag 0, toen beide werelden nog dezelfde waren. Sommen over een leven, en wat de "
            "hulp waard was, worden alleen uitgerekend voor mensen die later kwamen.",
        ),
        "knocks": (
            "The person knocks at {organisation}, for {kind}.",
            "De persoon klopt aan bij {organisation}, voor {kind}.",
        ),
        "hears": (
            "{organisation} hears that there is another need: {kind}.",
            "{organisation} hoort dat er nog een vraag is: {kind}.",
        ),
        "comes to": (
            "The need comes to {organisation}: {kind}.",
            "De vraag komt bij {organisation}: {kind}.",
        ),
        "comes up": ("Another need comes up too: {kind}.", "Ook komt er nog een vraag ter sprake: {kind}."),
        "next door": (
            "The person looks further and knocks at {organisation}, for {kind}.",
            "De persoon zoekt verder en klopt aan bij {organisation}, voor {kind}.",
        ),
        "arrives": (
            "The need arrives at {organisation}: {kind}.",
            "De vraag komt aan bij {organisation}: {kind}.",
        ),
        "tries again": (
            "The person tries again, now at {organisation}: {kind}.",
            "De persoon probeert het opnieuw, nu bij {organisation}: {kind}.",
        ),
        "also knocks": (
            "Tired of waiting, the person also knocks at {organisation}, for {kind}.",
            "De persoon is het wachten moe en klopt ook aan bij {organisation}, voor {kind}.",
        ),
        "again": (
            "{organisation} hears that help is needed again: {kind}.",
            "{organisation} hoort dat er weer hulp nodig is: {kind}.",
        ),
        # what happens there
        "no": ("The answer is “no”.", "Het antwoord is “nee”."),
        "sent on": ("The need is sent on to {target}.", "De vraag wordt doorgestuurd naar {target}."),
        "sent away": (
            "The need is sent on to another organisation.",
            "De vraag wordt doorgestuurd naar een andere organisatie.",
        ),
        "lost": (
            "On the way to {organisation} the need gets lost: {kind}.",
            "Op weg naar {organisation} raakt de vraag zoek: {kind}.",
        ),
        "list": ("The need goes on the waiting list.", "De vraag komt op de wachtlijst."),
        "list of": (
            "The need goes on the waiting list of {organisation}.",
            "De vraag komt op de wachtlijst van {organisation}.",
        ),
        "list again": (
            "The need goes back on the waiting list of {organisation}: {kind}.",
            "De vraag gaat terug op de wachtlijst van {organisation}: {kind}.",
        ),
        # help
        "at once": ("Help starts at once.", "De hulp begint meteen."),
        "at once elsewhere": (
            "Help starts at once, by {organisation}.",
            "De hulp begint meteen, door {organisation}.",
        ),
        "at once called": (
            "Somebody at {organisation} is asked to step in. Help starts at once: {kind}.",
            "Iemand van {organisation} wordt erbij gehaald. De hulp begint meteen: {kind}.",
        ),
        "at once volunteers": (
            "Volunteers start to help at once: {kind}.",
            "Vrijwilligers beginnen meteen te helpen: {kind}.",
        ),
        "starts": (
            "After {days} help starts: {kind}, by {organisation}.",
            "Na {days} begint de hulp: {kind}, door {organisation}.",
        ),
        "starts called": (
            "After {days} somebody at {organisation} is asked to step in. Help starts: {kind}.",
            "Na {days} wordt iemand van {organisation} erbij gehaald. De hulp begint: {kind}.",
        ),
        "starts volunteers": (
            "After {days} volunteers start to help: {kind}.",
            "Na {days} beginnen vrijwilligers te helpen: {kind}.",
        ),
        "starts again": (
            "Help starts again: {kind}, by {organisation}.",
            "De hulp begint opnieuw: {kind}, door {organisation}.",
        ),
        "volunteers take over": ("Volunteers take over: {kind}.", "Vrijwilligers nemen het over: {kind}."),
        "bridged": (
            "While waiting there was some help: {hours}.",
            "Tijdens het wachten was er wat hulp: {hours}.",
        ),
        # how it ends
        "over": (
            "The need is over and the help stops: {kind}. {given}",
            "De vraag is voorbij en de hulp stopt: {kind}. {given}",
        ),
        "given": (
            "There were {hours} in all: {how}, which {fit}.",
            "Er was in totaal {hours}: {how}, en dat {fit}.",
        ),
        "given to": (
            "For {kind} there were {hours} in all: {how}, which {fit}.",
            "Voor {kind} was er in totaal {hours}: {how}, en dat {fit}.",
        ),
        "standard": ("standard help", "standaardhulp"),
        "partly": ("help partly made to measure", "hulp die deels op maat was"),
        "tailored": ("help made to measure", "hulp op maat"),
        "fit 0": ("hardly fitted the wish", "paste nauwelijks bij de wens"),
        "fit 1": ("fitted the wish in part", "paste voor een deel bij de wens"),
        "fit 2": ("fitted the wish well", "paste goed bij de wens"),
        "passed": (
            "The need is over before any help came, after {days}: {kind}.",
            "De vraag is voorbij voordat er hulp kwam, na {days}: {kind}.",
        ),
        "unheard": (
            "One need is over, and nobody ever heard of it: {kind}.",
            "Eén vraag is voorbij, en niemand heeft er ooit van gehoord: {kind}.",
        ),
        "over later": (
            "The need is over while it waits for help again: {kind}.",
            "De vraag is voorbij terwijl er weer op hulp wordt gewacht: {kind}.",
        ),
        "gave up": (
            "After {days} the person gives up: {kind}.",
            "Na {days} geeft de persoon het op: {kind}.",
        ),
        "gave up at once": (
            "The person gives up at once: {kind}.",
            "De persoon geeft het meteen op: {kind}.",
        ),
        "left": (
            "The worker leaves and nobody can take over. The help stops: {kind}. {given}",
            "De medewerker vertrekt en niemand kan het overnemen. De hulp stopt: {kind}. {given}",
        ),
        "volunteers stop": (
            "The volunteers cannot go on. Their help stops: {kind}. {given}",
            "De vrijwilligers kunnen niet verder. Hun hulp stopt: {kind}. {given}",
        ),
        "gave up all": ("The person asks for nothing any more.", "De persoon vraagt nergens meer om."),
        "crisis": (
            "The person can no longer live at home and is admitted in a crisis.",
            "De persoon kan niet meer thuis wonen en wordt na een crisis opgenomen.",
        ),
        "planned": (
            "The person moves to a home for older people. It was arranged in time.",
            "De persoon verhuist naar een tehuis. Dat was op tijd geregeld.",
        ),
        "died": ("The person dies.", "De persoon overlijdt."),
        "done": ("No help is needed any more.", "Er is geen hulp meer nodig."),
        "still without": (
            "There was still no help for: {kinds}.",
            "Er was nog geen hulp voor: {kinds}.",
        ),
        "goes on": (
            "This is where the telling stops. Help goes on: {kinds}.",
            "Hier stopt het verhaal. De hulp gaat door: {kinds}.",
        ),
        "waits on": (
            "This is where the telling stops. There is no help yet for: {kinds}.",
            "Hier stopt het verhaal. Er is nog geen hulp voor: {kinds}.",
        ),
        "both on": (
            "This is where the telling stops. Help goes on: {kinds}. There is no help yet for: {waits}.",
            "Hier stopt het verhaal. De hulp gaat door: {kinds}. Er is nog geen hulp voor: {waits}.",
        ),
        # sums
        "in all": (
            "In all: {days} of waiting for each need, {hours} of help, {faces}, {transfers}. {retold} On a "
            "scale up to 1 the help was worth {value}.",
            "In totaal: {days} wachten per vraag, {hours} hulp, {faces}, {transfers}. {retold} Op "
            "een schaal tot 1 was de hulp {value} waard.",
        ),
        "same until": (
            "Up to {date} both lives are the same.",
            "Tot {date} zijn beide levens gelijk.",
        ),
        "same": ("Both lives are the same.", "Beide levens zijn gelijk."),
        "apart": ("From the first day on the lives differ.", "Vanaf de eerste dag verschillen de levens."),
        "difference": (
            "Under “{regime}”: {wait}; {handoffs}; and help worth {value} instead of {before} (1 is all that was "
            "asked, at once, as wished, well done, by one person).",
            "Onder “{regime}”: {wait}; {handoffs}; en hulp die {value} waard is in plaats van {before} (1 is alles "
            "wat is gevraagd, meteen, naar wens, goed gedaan, door één persoon).",
        ),
        "because": (
            "Most of that comes from {part}: {after} instead of {before}.",
            "Dat komt vooral door {part}: {after} in plaats van {before}.",
        ),
        "because burden": (
            "Most of that comes from {part}: {after} of each hour asked instead of {before}.",
            "Dat komt vooral door {part}: {after} van elk gevraagd uur in plaats van {before}.",
        ),
        "part hours_met": ("how much of the hours asked was given", "hoeveel van de gevraagde uren is gegeven"),
        "part fit": ("how well the help fitted the wish", "hoe goed de hulp bij de wens paste"),
        "part quality": ("how well the help was done", "hoe goed de hulp is gedaan"),
        "part timeliness": ("how soon the help came", "hoe snel de hulp kwam"),
        "part continuity": ("how long the same worker stayed", "hoe lang dezelfde medewerker bleef"),
        "part burden": ("telling the story again", "het verhaal opnieuw vertellen"),
        "less wait": ("{days} less waiting for each need", "per vraag {days} minder wachten"),
        "more wait": ("{days} more waiting for each need", "per vraag {days} meer wachten"),
        "same wait": ("as long a wait", "even lang wachten"),
        "fewer handoffs": ("{n} fewer new faces and handovers", "{n} minder nieuwe gezichten en overdrachten"),
        "more handoffs": ("{n} more new faces and handovers", "{n} meer nieuwe gezichten en overdrachten"),
        "one fewer handoffs": ("1 new face or handover fewer", "1 nieuw gezicht of overdracht minder"),
        "one more handoffs": ("1 new face or handover more", "1 nieuw gezicht of overdracht meer"),
        "same handoffs": (
            "as many new faces and handovers",
            "evenveel nieuwe gezichten en overdrachten",
        ),
        # numbers of things
        "no days": ("no days", "geen dag"),
        "no hours": ("no hours", "geen uur"),
        "no faces": ("no new faces", "geen nieuwe gezichten"),
        "no transfers": ("no handovers", "geen overdrachten"),
        "one day": ("1 day", "1 dag"),
        "n days": ("{n} days", "{n} dagen"),
        "one hour": ("1 hour", "1 uur"),
        "n hours": ("{n} hours", "{n} uur"),
        "one face": ("1 new face", "1 nieuw gezicht"),
        "n faces": ("{n} new faces", "{n} nieuwe gezichten"),
        "one transfer": ("1 handover", "1 overdracht"),
        "n transfers": ("{n} handovers", "{n} overdrachten"),
        "no retellings": (
            "The story never had to be told again.",
            "Het verhaal hoefde nooit opnieuw verteld te worden.",
        ),
        "one retelling": ("The story had to be told again once.", "Het verhaal moest één keer opnieuw verteld worden."),
        "n retellings": (
            "The story had to be told again {n} times.",
            "Het verhaal moest {n} keer opnieuw verteld worden.",
        ),
    }
)
