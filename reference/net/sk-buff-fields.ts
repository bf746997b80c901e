/**
 * The fields of struct sk_buff by category.
 *
 * Layout fields say where the octets are and how the buffer hangs in a list, the socket field to whom
 * it belongs, general fields travel with every packet, and feature fields are there only if the kernel
 * was built with that feature.
 *
 * Source: Linux 2.6.11, include/linux/skbuff.h.
 */
export const SK_BUFF_FIELDS = {
  layout: [
    'next',
    'prev',
    'list',
    'head',
    'data',
    'tail',
    'end',
    'len',
    'data_len',
    'mac_len',
    'h',
    'nh',
    'mac',
    'truesize',
    'users',
  ],
  socket: ['sk'],
  general: [
    'stamp',
    'dev',
    'input_dev',
    'real_dev',
    'dst',
    'csum',
    'cloned',
    'pkt_type',
    'ip_summed',
    'priority',
    'protocol',
    'security',
    'cb',
    'destructor',
    'local_df',
  ],
  feature: ['nfmark', 'nfcache', 'nfct', 'nf_bridge', 'nf_debug', 'tc_index', 'sp'],
} as const;

export type FieldCategory = keyof typeof SK_BUFF_FIELDS;
