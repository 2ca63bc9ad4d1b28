// Ports that are a test process's own for as long as it runs: a server that is stopped, or killed, finds its port free when it starts again.
import net from 'node:net';

// Below what systems give to outgoing connections (Linux: from 32768 on): one of those, or what is left of it for a minute, keeps a server from a port as well as another server does.
const FIRST = 10_240;
const BLOCK = 128;
const BLOCKS = 176;

/** → a server that listens on the port, or null where somebody else does. */
function listen(port) {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.destroy());
    server.on('error', (error) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

/** A block of ports is whose process listens on its first one; the system gives it back however that process ends. */
async function claimBlock() {
  const start = Math.floor(Math.random() * BLOCKS);
  for (let n = 0; n < BLOCKS; n++) {
    const base = FIRST + ((start + n) % BLOCKS) * BLOCK;
    const guard = await listen(base);
    if (!guard) continue;
    guard.unref();
    return base;
  }
  throw new Error('every block of ports is taken');
}

let block;
let given = 0;

export async function freePort() {
  const base = await (block ??= claimBlock());
  for (let tries = 1; tries < BLOCK; tries++) {
    const port = base + 1 + (given++ % (BLOCK - 1));
    const probe = await listen(port);
    if (!probe) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
  throw new Error(`no port of ${base} to ${base + BLOCK - 1} is free`);
}
