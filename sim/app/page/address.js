// The link of what is on screen, kept in the address of the page.

/** The address of the page as a place for its link. */
export function address() {
  return {
    read: () => readable(location.hash.slice(1)),
    write: (text) => history.replaceState(null, "", `#${text}`),
    whole: (text) => `${location.href.split("#")[0]}#${text}`,
    onchange: (listener) => addEventListener("hashchange", listener),
  };
}

function readable(text) {
  try {
    return decodeURIComponent(text);
  } catch { // no text at all: the page says so
    return text;
  }
}
