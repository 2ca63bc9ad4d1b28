// What browsers have and Node.js 18 does not.
import { File as NodeFile } from 'node:buffer';

globalThis.File ??= NodeFile as unknown as typeof File;
