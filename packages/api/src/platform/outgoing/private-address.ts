import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Everything that is not the public internet (RFC 6890 and its successors). */
const IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

/** Within the one block of global unicast: what carries an IPv4 address inside, or is for examples. */
const IPV6_NOT_GLOBAL = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const notPublic = new BlockList();
for (const [net, bits] of IPV4.map((range) => range.split('/')))
  notPublic.addSubnet(net ?? '', Number(bits), 'ipv4');
for (const [net, bits] of IPV6_NOT_GLOBAL.map((range) => range.split('/')))
  notPublic.addSubnet(net ?? '', Number(bits), 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** An address of the public internet; false for what is no address at all. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublic.check(address, 'ipv4');
  if (!isIPv6(address)) return false;
  return globalUnicast.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
}

/** Networks somebody trusts in spite of that: `10.1.0.0/16`, `192.168.1.7`, `fd00::/8`. */
export class AllowedNetworks {
  readonly #list = new BlockList();

  /** @throws RangeError for what is no network */
  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const [net = '', bits] = network.split('/');
      const family = isIPv4(net) ? 'ipv4' : 'ipv6';
      const all = family === 'ipv4' ? 32 : 128;
      const prefix = bits === undefined ? all : Number(bits);
      if (!(isIPv4(net) || isIPv6(net)) || !Number.isInteger(prefix) || prefix < 0 || prefix > all)
        throw new RangeError(`"${network}" is no network: write it like 10.1.0.0/16.`);
      this.#list.addSubnet(net, prefix, family);
    }
  }

  has(address: string): boolean {
    return this.#list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  }
}
