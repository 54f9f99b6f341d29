"""What `regie app` says, in English and Dutch."""

APP_PHRASES = {
    "help.app": (
        "Open two worlds side by side in the browser: the same people and the same luck, only who steers differs. "
        "Ends with Ctrl-C.",
        "Open twee werelden naast elkaar in de browser: dezelfde mensen en hetzelfde geluk, alleen wie er stuurt "
        "verschilt. Eindigt met Ctrl-C.",
    ),
    "option.port": (
        "Port of the page; where it is taken, another one. [default: 8321]",
        "Poort van de pagina; is die bezet, dan een andere. [standaard: 8321]",
    ),
    "option.host": (
        "Address at which others reach the page. With another one than 127.0.0.1, whoever reaches it can use this "
        "computer's time. [default: 127.0.0.1]",
        "Adres waarop anderen de pagina bereiken. Met een ander dan 127.0.0.1 kan ieder die het bereikt rekentijd "
        "van deze computer gebruiken. [standaard: 127.0.0.1]",
    ),
    "option.public_names": (
        "Name by which visitors reach it through a proxy, such as care.example.org.",
        "Naam waaronder bezoekers de pagina via een proxy bereiken, zoals zorg.example.org.",
    ),
    "option.no_browser": (
        "Open no browser.",
        "Open geen browser.",
    ),
    "app warms up": (
        "The first two worlds are lived …",
        "De eerste twee werelden worden doorlopen …",
    ),
    "app at": (
        "The page is at {address} – Ctrl-C ends it.",
        "De pagina staat op {address} – Ctrl-C beëindigt haar.",
    ),
    "app port taken": (
        "Port {port} is taken; the page gets another one.",
        "Poort {port} is bezet; de pagina krijgt een andere.",
    ),
    "app open to others": (
        "Warning: with --host {host} not only you but everybody who reaches port {port} of this computer can open the "
        "page and use the computer's time. They cannot read your files or run programs. The connection is not "
        "encrypted; for a server on the internet, put a proxy with https in front of it.",
        "Waarschuwing: met --host {host} kan niet alleen u, maar ieder die poort {port} van deze computer bereikt de "
        "pagina openen en rekentijd van de computer gebruiken. Uw bestanden lezen of programma's draaien kan niemand. "
        "De verbinding is niet versleuteld; zet er voor een server op internet een proxy met https voor.",
    ),
    "app ended": (
        "The app has ended.",
        "De app is beëindigd.",
    ),
}
"""Phrases by key, each as (English, Dutch)."""
