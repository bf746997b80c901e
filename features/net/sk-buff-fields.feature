@cap:sk-buff @cap:sk-buff-fields
Feature: sk_buff: fields and the control block
  Beside its pointers a buffer carries what the layers need to know of it, and 40 octets of scratch for
  the layer that has it now.

  @SKB-01 @profile:notes @profile:linux-2.6.11 @must
  Rule: Each field is in exactly one of four categories: layout, socket, general and feature
    Source: the notes on sk_buff; Linux 2.6.11, include/linux/skbuff.h, struct sk_buff

    Scenario: No field is in two
      When the fields are listed
      Then each is in exactly one category

    Scenario Outline: The <category> fields
      When the fields are listed
      Then these are <category> fields: <fields>

      Examples:
        | category | fields                                                                           |
        | layout   | next, prev, list, head, data, tail, end, len, data_len, h, nh, mac               |
        | socket   | sk                                                                               |
        | general  | stamp, dev, input_dev, real_dev, dst, csum, ip_summed, cloned, pkt_type, priority, protocol, security, cb |
        | feature  | nfmark, tc_index                                                                 |

  @SKB-21 @cap:sk-buff-sharing @must
  Rule: The general fields survive clone and copy
    Source: Linux 2.6.11, net/core/skbuff.c, skb_clone(), copy_skb_header()

    Scenario Outline: <field> after the buffer <way>
      Given a buffer "original" of 100 octets
      And <field> of "original" was set to <value>
      When "original" is <way> as "other"
      Then <field> of "other" is <value>

      Examples: Cloned
        | field     | value      | way    |
        | security  | 7          | cloned |
        | protocol  | 2048       | cloned |
        | priority  | 6          | cloned |
        | pkt_type  | 2          | cloned |
        | dev       | eth0       | cloned |
        | real_dev  | bond0      | cloned |
        | stamp     | 1100000000 | cloned |

      Examples: Copied
        | field     | value      | way    |
        | security  | 7          | copied |
        | protocol  | 2048       | copied |
        | priority  | 6          | copied |
        | pkt_type  | 2          | copied |
        | dev       | eth0       | copied |
        | real_dev  | bond0      | copied |
        | stamp     | 1100000000 | copied |

    Scenario: A clone's fields are its own afterwards
      Given a buffer "original" of 100 octets
      And priority of "original" was set to 6
      And "original" was cloned as "clone"
      When priority of "clone" is set to 2
      Then priority of "original" is 6

  @SKB-21 @cap:sk-buff-sharing @cap:sk-buff-headers @must
  Rule: The header descriptor survives clone and copy
    Source: Linux 2.6.11, net/core/skbuff.c, skb_clone(), copy_skb_header()

    Scenario Outline: The three headers after the buffer is <way>
      Given a buffer "original" of 100 octets
      And 16 octets were reserved in "original"
      And 14 octets of EE were put into "original"
      And 20 octets of 45 were put into "original"
      And 8 octets of 11 were put into "original"
      And mac was set to the data of "original"
      And 14 octets were pulled from "original"
      And nh was set to the data of "original"
      And 20 octets were pulled from "original"
      And h was set to the data of "original"
      When "original" is <way> as "other"
      Then in "other" mac is at 16, nh at 30 and h at 50

      Examples:
        | way    |
        | cloned |
        | copied |

  @SKB-13 @must
  Rule: end_seq is seq, and one for SYN, one for FIN, and the length of the data
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_rcv()

    Scenario Outline: Flags <flags> and <data> octets of data from <seq> on
      Given a buffer of 1600 octets
      And a TCP segment with sequence number <seq>, flags <flags> and <data> octets of data was put into it
      When TCP receives it
      Then TCP's control block says seq <seq>, end_seq <end>

      Examples: SYN and FIN count one each, whatever else is set
        | flags   | seq  | data | end  |
        | none    | 1000 | 0    | 1000 |
        | ACK     | 1000 | 0    | 1000 |
        | SYN     | 1000 | 0    | 1001 |
        | FIN     | 1000 | 0    | 1001 |
        | SYN FIN | 1000 | 0    | 1002 |
        | SYN ACK | 1000 | 0    | 1001 |
        | FIN ACK | 1000 | 0    | 1001 |
        | RST     | 1000 | 0    | 1000 |
        | PSH ACK | 1000 | 0    | 1000 |
        | URG ACK | 1000 | 0    | 1000 |

      Examples: Data count by the octet
        | flags       | seq  | data | end  |
        | ACK         | 1000 | 1    | 1001 |
        | PSH ACK     | 1000 | 1460 | 2460 |
        | SYN         | 1000 | 10   | 1011 |
        | FIN ACK     | 1000 | 10   | 1011 |
        | SYN FIN ACK | 1000 | 10   | 1012 |

      Examples: Sequence numbers wrap
        | flags   | seq        | data | end  |
        | ACK     | 4294967295 | 1    | 0    |
        | FIN ACK | 4294967295 | 1    | 1    |
        | SYN     | 4294967295 | 0    | 0    |
        | ACK     | 4294966296 | 1460 | 460  |

    Scenario: Options are header, not data
      Given a buffer of 1600 octets
      And a TCP segment with sequence number 1000, flags SYN, 20 octets of options and 3 octets of data was put into it
      When TCP receives it
      Then TCP's control block says seq 1000, end_seq 1004

  @SKB-13 @profile:notes @profile:linux-6 @should
  Rule: TCP's control block keeps the flags of the header
    Source: the notes on sk_buff; Linux 6.18, net/ipv4/tcp_ipv4.c, tcp_v4_fill_cb()
    Variation: Linux 2.6.11 keeps the header's flags on transmit; on receipt it stores the IP header's TOS there.

    Scenario Outline: The flags are those of the header: <flags>
      Given a buffer of 1600 octets
      And a TCP segment with sequence number 1, flags <flags> and 0 octets of data was put into it
      When TCP receives it
      Then TCP's control block has the flags <octet>

      Examples:
        | flags           | octet |
        | none            | 0x00  |
        | FIN             | 0x01  |
        | SYN             | 0x02  |
        | RST             | 0x04  |
        | PSH             | 0x08  |
        | ACK             | 0x10  |
        | URG             | 0x20  |
        | SYN ACK         | 0x12  |
        | FIN PSH URG ACK | 0x39  |

  @SKB-13 @profile:notes @should
  Rule: TCP fills in nothing for a segment that is shorter than its header says
    Source: RFC 793, section 3.1, data offset
    Variation: Linux 2.6.11 drops it in tcp_v4_rcv() before it comes so far.

    Scenario: A header of 24 octets, of which 20 are there
      Given a buffer of 1600 octets
      And 0400 0050 0000 0001 0000 0002 6010 2000 777F 0000 were put into it
      When TCP receives it
      Then the call is caught as a bug

  @SKB-13 @profile:notes @profile:linux-2.6.11 @must
  Rule: The control block has 40 octets and no more, and is private to the layer that has the buffer
    Source: Linux 2.6.11, include/linux/skbuff.h, char cb[40]
    Variation: 48 octets in later kernels.

    Scenario: All of them can be used
      Given a buffer of 100 octets
      When 40 octets of 5A are written into its control block
      Then its control block holds 40 octets of 5A

    Scenario: One more is caught as a bug
      Given a buffer of 100 octets
      When 41 octets of 5A are written into its control block
      Then the call is caught as a bug

    Scenario: It is all zero at first
      Given a buffer of 100 octets
      Then its control block holds 40 octets of 00

    Scenario: TCP keeps its numbers there
      Given a buffer of 1600 octets
      And a TCP segment with sequence number 305419896, flags ACK and 4 octets of data was put into it
      When TCP receives it
      Then its control block is not all zero
      And its contents are untouched

    Scenario: What another layer writes over it is gone
      Given a buffer of 1600 octets
      And a TCP segment with sequence number 1000, flags SYN and 0 octets of data was put into it
      And TCP received it
      When 40 octets of 00 are written into its control block
      Then TCP's control block says seq 0, end_seq 0

  @SKB-13 @profile:notes @profile:linux-2.6.11 @should
  Rule: TCP leaves the front of the control block to IP, so that both can use it on one buffer
    Source: Linux 2.6.11, include/net/tcp.h, struct tcp_skb_cb, member header; include/net/ip.h, struct inet_skb_parm

    Scenario: IP's use of it leaves TCP's numbers alone
      Given a buffer of 1600 octets
      And a TCP segment with sequence number 1000, flags SYN ACK and 0 octets of data was put into it
      And TCP received it
      When IP uses its control block
      Then TCP's control block says seq 1000, end_seq 1001

  @SKB-13 @cap:sk-buff-sharing @profile:notes @profile:linux-2.6.11 @must
  Rule: A clone has a control block of its own that begins as a copy
    Source: Linux 2.6.11, net/core/skbuff.c, skb_clone()

    Scenario Outline: <way>
      Given a buffer "original" of 100 octets
      And 40 octets of 11 were written into the control block of "original"
      And "original" was <way> as "other"
      When 40 octets of 22 are written into the control block of "other"
      Then the control block of "original" holds 40 octets of 11
      And the control block of "other" holds 40 octets of 22

      Examples:
        | way    |
        | cloned |
        | copied |

    Scenario Outline: What a <way> buffer takes along
      Given a buffer "original" of 100 octets
      And 40 octets of 11 were written into the control block of "original"
      When "original" is <way> as "other"
      Then the control block of "other" holds 40 octets of 11

      Examples:
        | way    |
        | cloned |
        | copied |

  @SKB-13 @profile:notes @profile:linux-6 @property
  Rule: end_seq and the control block, for any segment
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c

    Scenario: Generated segments
      Then the property "end_seq is seq plus the sequence space of the segment" holds
