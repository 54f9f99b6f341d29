"""The page as one module in anywidget form, in a host that is no server: a session and a page, and messages between."""

import base64

import pytest
from app_browser import browsing, needs_browser

from sim.app import widget
from sim.app.server import words
from sim.app.session import Session

# A host as a notebook is one: it loads the module from an address without neighbours, and its buffers are views that
# begin anywhere.
HOST = """async ([source, words]) => {
  const module = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: widget } = await import(module);
  const listeners = new Set();
  const view = (text) => {
    const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    return new DataView(shifted.buffer, 3, bytes.length);
  };
  const model = {
    get: (name) => ({ words })[name],
    on: (event, listener) => listeners.add(listener),
    off: (event, listener) => listeners.delete(listener),
    send: async (message) => {
      const { content, buffers } = await window.handled(message);
      for (const listener of listeners) listener(content, buffers.map(view));
    },
  };
  window.host = { listeners, end: await widget.render({ model, el: document.getElementById("here") }) };
}"""
SHOWN = """() => ({
  opened: globalThis.regieCounters.opened,
  when: document.querySelector(".when").textContent,
  colours: [...document.querySelectorAll(".world canvas")].map((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }),
})"""


@pytest.fixture
def host():
    """A page with nothing on it, and a session that answers what it sends; gives the tab and what it complained of."""
    session, complaints = Session(), []

    def handled(message):
        reply = session.handle({name: value for name, value in message.items() if name != "id"})
        buffers = [base64.b64encode(buffer).decode() for buffer in reply.buffers]
        return {"content": {"id": message["id"], **reply.content}, "buffers": buffers}

    with browsing() as browser:
        tab = browser.new_page(viewport={"width": 1200, "height": 800})
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.expose_function("handled", handled)
        tab.set_content(f'<style>{widget.styles()}</style><div id="here"></div>')
        yield tab, complaints


@needs_browser
def test_a_host_without_a_server_shows_the_page(host):
    tab, complaints = host
    tab.evaluate(HOST, [widget.module(), words()])
    shown = tab.evaluate(SHOWN)
    assert shown["opened"] == 1 and min(shown["colours"]) > 20
    tab.locator("button[data-step='7']").click()
    assert tab.evaluate(SHOWN)["when"] != shown["when"]
    tab.evaluate("() => window.host.end()")
    assert tab.evaluate("() => window.host.listeners.size") == 0
    assert not complaints
