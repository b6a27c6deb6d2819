// Has frames, a shared worker and a service worker of the page say what the library can do there.

const here = (name) => new URL(name, import.meta.url);
/** The first message that `listen` hands on. */
const answer = (listen) => new Promise((resolve) => listen(({ data }) => resolve(data)));

/** What a frame says, or that the browser does not show it; `headers` are those that it is served with or without. */
function frame({ host = location.host, headers = "", ...attributes }) {
  const element = document.createElement("iframe");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const address = here(`frame.html?${headers}`);
  address.host = host;
  element.src = address;
  const told = new Promise((resolve) => {
    let isShown = false;
    addEventListener("message", ({ source, data }) => {
      if (source !== element.contentWindow) return;
      if (data === "shown") isShown = true;
      else resolve(data);
    });
    // what it said by then may still be on its way from another process
    element.onload = () => setTimeout(() => isShown || resolve("not shown"), 2000);
  });
  document.body.append(element);
  return told;
}

export async function check() {
  const host = location.host.replace("127.0.0.1", "localhost");
  const allow = "cross-origin-isolated";
  const sandbox = "allow-scripts";
  const frames = {
    own: frame({}),
    ownWithoutHeaders: frame({ headers: "without=isolation" }),
    sandboxed: frame({ sandbox }),
    sandboxedAllowed: frame({ sandbox, allow }),
    other: frame({ host, headers: "with=corp" }),
    otherAllowed: frame({ host, headers: "with=corp", allow }),
    otherWithoutCorp: frame({ host, allow }),
  };
  const shared = new SharedWorker(here("shared-worker.mjs"), { type: "module" });
  const ofShared = answer((hear) => {
    shared.port.onmessage = hear;
    shared.onerror = ({ message }) => hear({ data: `failed: ${message}` });
  });
  const { serviceWorker } = navigator;
  const registered = await serviceWorker.register(here("service-worker.mjs"), { type: "module" });
  const ofService = answer((hear) => {
    serviceWorker.onmessage = hear;
    (registered.installing ?? registered.waiting ?? registered.active).postMessage(0);
  });
  const told = Object.entries(frames).map(async ([name, said]) => [name, await said]);
  return {
    frames: Object.fromEntries(await Promise.all(told)),
    shared: await ofShared,
    service: await ofService,
  };
}
