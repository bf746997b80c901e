/** The catalogue of documented statements, features/catalogue.yaml. */
import { readFileSync } from 'node:fs';
import type { CatalogueFile } from './catalogue-file.ts';
import { builtFile } from './root.ts';

/** What each prefix of the ids is about; the catalogue groups them under wider headings. */
const AREA_TITLES: Readonly<Record<string, string>> = {
  KRN: 'Kernel facilities',
  SYS: 'Ways into the kernel',
  IRQ: 'Hardware interrupts',
  EXC: 'Exceptions',
  SCL: 'System calls',
  SIQ: 'Software interrupts',
  CLK: 'Clocks',
  TOP: 'Top half',
  BOT: 'Bottom half',
  WQ: 'Work queues',
  UNX: 'UNIX as a real-time and multiprocessor system',
  SYN: 'Synchronisation',
  RCU: 'Read-copy update',
  DRV: 'Drivers',
  CHR: 'Character devices',
  BLK: 'Block devices',
  STG: 'Strategy and disk sort',
  ELV: 'Elevators',
  DEV: 'Network devices',
  SOC: 'Sockets',
  BND: 'Binding',
  LSN: 'Listen queues',
  ACC: 'Accepting',
  CON: 'Connecting',
  SND: 'Sending',
  RCV: 'Receiving',
  OPT: 'Socket options',
  BUF: 'Socket buffers',
  FLW: 'Flow control',
  SKB: 'sk_buff',
  PKT: 'Packet types',
  PRI: 'Priority',
  PRO: 'Protocol field',
  FEA: 'Device features',
  CSM: 'Checksums',
  TXP: 'Transmitting over TCP',
  TCP: 'TCP',
  VEG: 'Reno and Vegas',
  IPO: 'IP output',
  FRG: 'Fragmentation',
  MTU: 'Path MTU',
  IPI: 'IP input',
  NFH: 'Netfilter hooks',
  RTE: 'Routing',
  FIB: 'Forwarding tables',
  DYN: 'Dynamic routing',
  NTF: 'Notifier chains',
};

export interface Statement {
  /** Never renumbered, such as CSM-08. */
  readonly id: string;
  /** The prefix of the id. */
  readonly area: string;
  readonly areaTitle: string;
  /** The catalogue's heading that the area is under, such as RTE for NTF. */
  readonly group: string;
  /** A context statement is only there to be read. */
  readonly kind: 'behaviour' | 'structure' | 'context';
  readonly says: string;
  /** The least that a check must make observable. */
  readonly show: string;
}

/** What the build makes of the catalogue: JSON is read at once, where YAML takes a fifth of a second. */
export const CATALOGUE_JSON = builtFile('catalogue.json');

/** Every statement, in the catalogue's order. */
export function readCatalogue(): readonly Statement[] {
  const groups = JSON.parse(readFileSync(CATALOGUE_JSON, 'utf8')) as CatalogueFile;
  return groups.flatMap(({ area: group, title, statements }) =>
    statements.map(({ id, kind, says, show }) => ({
      id,
      area: areaOf(id),
      areaTitle: AREA_TITLES[areaOf(id)] ?? title,
      group,
      kind,
      says,
      show,
    })),
  );
}

/** CSM of CSM-08. */
export function areaOf(id: string): string {
  return id.slice(0, id.indexOf('-'));
}
