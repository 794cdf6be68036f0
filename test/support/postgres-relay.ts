/** A way to a PostgreSQL server that a test can break, as a network or a failover does. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface PostgresRelay {
  /** The URL of the same database, through the relay. */
  readonly url: string;
  /** The connections of this moment pass nothing on any more, and are not closed. New ones work. */
  fallSilent(): void;
  /** Cuts all connections, and new ones too, until `comeBack`. */
  goAway(): void;
  comeBack(): void;
  /** Passes the next query with these words on, and cuts its connection when the answer comes. */
  loseAnswerTo(words: string): void;
  close(): Promise<void>;
}

export async function relayTo(databaseUrl: string): Promise<PostgresRelay> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isAway = false;
  let unanswered: string | undefined;
  const server = createServer((inbound) => {
    if (isAway) {
      inbound.destroy();
      return;
    }
    const outbound = connect(Number(target.port), target.hostname);
    inbound.on('data', (query: Buffer) => {
      if (unanswered === undefined || !query.includes(unanswered)) return;
      unanswered = undefined;
      outbound.unpipe(inbound);
      outbound.once('data', () => inbound.destroy());
    });
    for (const [from, to] of [
      [inbound, outbound],
      [outbound, inbound],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;

  function cutAll(): void {
    for (const socket of sockets) socket.destroy();
  }

  return {
    url: Object.assign(new URL(databaseUrl), { port: String(port) }).href,
    fallSilent() {
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    goAway() {
      isAway = true;
      cutAll();
    },
    comeBack() {
      isAway = false;
    },
    loseAnswerTo(words) {
      unanswered = words;
    },
    close() {
      cutAll();
      return new Promise((closed) => {
        server.close(() => closed());
      });
    },
  };
}
