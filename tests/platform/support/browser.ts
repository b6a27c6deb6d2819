import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { temporaryFolder } from "./packed.ts";
import { start } from "./run.ts";

const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** One page: where it is, and what policy it is sent with. */
export interface Page {
  /** A path on the test's server, or a whole address elsewhere. */
  address: string;
  policy?: string;
}

/** What a page sent back. */
export interface Report {
  result?: unknown;
  error?: string;
}

/**
 * Opens every page, each in a frame of one window, and gives what each reports; stops everything then. A page that is
 * silent for too long reports that as its error.
 */
export async function visit(
  browser: "Chromium" | "Firefox",
  file: string,
  folder: string,
  pages: Record<string, Page>,
  timeout = 60_000,
): Promise<Record<string, Report>> {
  const reports: Record<string, Report> = {};
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    if (request.method === "POST") {
      let body = "";
      request.setEncoding("utf8").on("data", (piece) => {
        body += piece;
      });
      request.on("end", () => {
        reports[decodeURIComponent(pathname.slice("/report/".length))] ??= JSON.parse(body);
        response.writeHead(204).end();
        if (Object.keys(reports).length === Object.keys(pages).length) finish();
      });
      return;
    }
    if (pathname === "/") {
      response.writeHead(200, { "content-type": types[".html"] }).end(frames(pages, origin()));
      return;
    }
    const wanted = path.join(folder, path.normalize(decodeURIComponent(pathname)));
    if (!existsSync(wanted) || !statSync(wanted).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const policy = Object.values(pages).find((page) => page.address === pathname)?.policy;
    response.writeHead(200, {
      "content-type": types[path.extname(wanted)] ?? "application/octet-stream",
      ...(policy === undefined ? {} : { "content-security-policy": policy }),
    });
    response.end(readFileSync(wanted));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const profile = temporaryFolder();
  const started = start(file, [...flags[browser](profile.folder), `${origin()}/`], {
    cwd: profile.folder,
    env: { HOME: profile.folder },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    await Promise.race([
      finished,
      started.exited.then((end) => {
        throw new Error(
          `${browser} ended (${end}) before every page reported\n${started.printed().slice(-2000)}`,
        );
      }),
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeout);
      }),
    ]);
    for (const name of Object.keys(pages)) {
      reports[name] ??= {
        error: `silent for ${timeout / 1000} s; ${browser} said: ${started.printed().slice(-500)}`,
      };
    }
    return reports;
  } finally {
    clearTimeout(timer);
    started.stop();
    await started.exited;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    profile.remove();
  }
}

const flags = {
  Chromium: (profile: string) => [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    `--user-data-dir=${profile}`,
  ],
  Firefox: (profile: string) => ["--headless", "--no-remote", "--profile", profile],
};

/** The window: a frame for each page, which is told where to report. */
function frames(pages: Record<string, Page>, origin: string): string {
  const frame = ([name, { address }]: [string, Page]) => {
    const url = new URL(address, origin);
    url.searchParams.set("report", `${origin}/report/${encodeURIComponent(name)}`);
    return `<iframe src="${url.href.replaceAll("&", "&amp;")}"></iframe>`;
  };
  return `<!doctype html><title>nothing-but-wasm</title>${Object.entries(pages).map(frame).join("\n")}`;
}
