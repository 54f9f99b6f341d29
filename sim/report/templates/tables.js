// Says when a table is cut off at the side, and searches the rows of long ones.
const Tables = (function () {
  function look(scroll) {
    const cut = scroll.scrollWidth > scroll.clientWidth + 1;
    scroll.classList.toggle("cut", cut);
    scroll.classList.toggle("at-end", scroll.scrollLeft + scroll.clientWidth >= scroll.scrollWidth - 1);
    scroll.closest(".cuttable").querySelector(".hint").hidden = !cut;
    if (cut) { scroll.tabIndex = 0; } else { scroll.removeAttribute("tabindex"); }
  }

  function search(box, found) {
    const asked = box.value.trim().toLowerCase();
    let count = 0;
    box.closest(".cuttable").querySelectorAll("tbody").forEach(function (body) {
      let here = 0;
      body.querySelectorAll("tr:not(.group)").forEach(function (row) {
        row.hidden = !row.cells[0].textContent.toLowerCase().includes(asked);
        here += row.hidden ? 0 : 1;
      });
      body.hidden = here === 0;
      count += here;
    });
    box.closest(".search").querySelector(".found").textContent = asked ? found.replace("%s", count) : "";
  }

  function start(said) {
    const seen = new ResizeObserver(function (entries) { entries.forEach(function (entry) { look(entry.target); }); });
    document.querySelectorAll(".scroll").forEach(function (scroll) {
      seen.observe(scroll);
      scroll.addEventListener("scroll", function () { look(scroll); }, { passive: true });
    });
    document.querySelectorAll("[data-search]").forEach(function (box) {
      const language = box.closest("article").dataset.language;
      box.addEventListener("input", function () { search(box, said[language].found); });
    });
  }

  return { start: start };
})();
