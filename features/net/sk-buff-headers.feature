@cap:sk-buff @cap:sk-buff-headers
Feature: sk_buff: header pointers
  Three pointers name the headers of a packet: mac for the link, nh for the network and h for the
  transport. Each is a union with a member per protocol, so that the same octets can be read as
  one type or another.

  @SKB-08 @must
  Rule: h, nh and mac name the transport, network and link header
    Source: Linux 2.6.11, include/linux/skbuff.h; net/ethernet/eth.c, eth_type_trans(); net/core/dev.c; net/ipv4/ip_input.c

    Scenario: On the way up each layer names its header and strips it
      Given a buffer of 100 octets
      And 14 octets of EE were put into it
      And 20 octets of 04 were put into it
      And 8 octets of 11 were put into it
      When mac is set to its data
      And 14 octets are pulled from it
      And nh is set to its data
      And 20 octets are pulled from it
      And h is set to its data
      Then mac is at 0, nh at 14 and h at 34
      And its data is at 34 and its tail at 42

    Scenario: On the way down each layer puts its header in front and names it
      Given a buffer of 100 octets
      And 60 octets were reserved in it
      And 68 65 6C 6C 6F were put into it
      When 8 octets of 11 are pushed in front of it
      And h is set to its data
      And 20 octets of 04 are pushed in front of it
      And nh is set to its data
      And 14 octets of EE are pushed in front of it
      And mac is set to its data
      Then mac is at 18, nh at 32 and h at 52

    Scenario: The pointers stay when data moves on
      Given a buffer of 100 octets
      And 20 octets of 04 were put into it
      And nh was set to its data
      When 20 octets are pulled from it
      Then nh is at 0

    Scenario: A header is read where its pointer is, wherever data is
      Given a buffer of 100 octets
      And 0400 0035 000D A3CA were put into it
      And 68 65 6C 6C 6F were put into it
      And h was set to its data
      When 8 octets are pulled from it
      And h is read as uh
      Then it reads:
        | field | value |
        | dest  | 53    |
        | len   | 13    |

    Scenario: A pointer that nobody has set
      Given a buffer of 100 octets
      When h is read as raw
      Then the call is caught as a bug

  @SKB-08 @profile:notes @profile:linux-2.6.11 @must
  Rule: nh is no header before it is set
    Source: Linux 2.6.11, net/core/skbuff.c, alloc_skb(): the descriptor is all zeros, and NULL is no address
    Variation: linux-6 keeps offsets, see the next rule.

    Scenario: Nobody has set it
      Given a buffer of 100 octets
      When nh is read as raw
      Then the call is caught as a bug

  @SKB-08 @profile:linux-6 @must
  Rule: nh is the start of the buffer before it is set
    Source: Linux 6.1 and 6.18, net/core/skbuff.c, __build_skb_around(): mac_header and transport_header become ~0, network_header stays 0

    Scenario: It is read from the start of the buffer, wherever data is
      Given a buffer of 100 octets
      And 01 02 03 were put into it
      And 1 octets were pulled from it
      When nh is read as raw
      Then it reads:
        | field  | value  |
        | octets | 010203 |

  @SKB-08 @cap:sk-buff-sharing @must
  Rule: A clone and a copy name the same headers
    Source: Linux 2.6.11, net/core/skbuff.c, skb_clone(), copy_skb_header(), pskb_expand_head()

    Background:
      Given a buffer "original" of 100 octets
      And 16 octets were reserved in "original"
      And 14 octets of EE were put into "original"
      And 20 octets of 04 were put into "original"
      And mac was set to the data of "original"
      And 14 octets were pulled from "original"
      And nh was set to the data of "original"

    Scenario: A clone
      When "original" is cloned as "clone"
      Then in "clone" mac is at 16 and nh at 30

    Scenario: A copy
      When "original" is copied as "copy"
      Then in "copy" mac is at 16 and nh at 30

    Scenario: Re-allocation moves them with the contents
      When "original" is expanded by 10 octets in front and 0 behind
      Then in "original" mac is at 26 and nh at 40

    Scenario: A clone's pointers are its own
      Given "original" was cloned as "clone"
      When nh is set to the data of "clone"
      And 20 octets are pulled from "clone"
      And mac is set to the data of "clone"
      Then in "original" mac is at 16 and nh at 30

  @SKB-19 @profile:notes @profile:linux-2.6.11 @must
  Rule: h can be read as th, uh, icmph, igmph, ipiph, ipv6h and raw, and all of them read the same octets
    Source: Linux 2.6.11, include/linux/skbuff.h, union h

    Scenario Outline: As <member>
      Given a buffer of 100 octets
      And <octets> were put into it
      And h was set to its data
      When h is read as <member>
      Then it reads:
        | field   | value   |
        | <field> | <value> |
        | <other> | <what>  |

      Examples:
        | member | octets                                                                           | field    | value     | other    | what      |
        | th     | 0400 0050 0000 0001 0000 0002 5010 2000 777F 0000                                | dest     | 80        | ackSeq   | 2         |
        | th     | FFFF 0001 FFFF FFFF 8000 0000 F010 2000 777F 0000                                | seq      | 4294967295 | doff    | 15        |
        | uh     | 0400 0035 000D A3CA 68 65 6C 6C 6F                                               | len      | 13        | check    | 41930     |
        | icmph  | 0304 0000 0000 05DC                                                              | type     | 3         | code     | 4         |
        | igmph  | 1600 0904 E000 00FB                                                              | type     | 22        | group    | 224.0.0.251 |
        | ipiph  | 4500 0014 0007 4000 4004 26DA 0A00 0001 0A00 0002                                | protocol | 4         | daddr    | 10.0.0.2  |
        | ipv6h  | 6000 0000 0008 3A40 20010DB8000000000000000000000001 20010DB8000000000000000000000002 | nexthdr | 58    | hopLimit | 64        |

    Scenario: The same octets through two members
      Given a buffer of 100 octets
      And 0400 0050 0000 0001 0000 0002 5010 2000 777F 0000 were put into it
      And h was set to its data
      When h is read as uh
      Then it reads:
        | field  | value |
        | source | 1024  |
        | dest   | 80    |
        | len    | 0     |
        | check  | 1     |
      When h is read as raw
      Then it reads:
        | field  | value                                    |
        | octets | 04000050000000010000000250102000777f0000 |

  @SKB-19 @profile:notes @profile:linux-2.6.11 @must
  Rule: nh can be read as iph, ipv6h, arph and raw
    Source: Linux 2.6.11, include/linux/skbuff.h, union nh

    Scenario Outline: As <member>
      Given a buffer of 100 octets
      And <octets> were put into it
      And nh was set to its data
      When nh is read as <member>
      Then it reads:
        | field   | value   |
        | <field> | <value> |
        | <other> | <what>  |

      Examples:
        | member | octets                                                                           | field   | value    | other      | what |
        | iph    | 4510 0073 BEEF 4000 4011 0000 C0A8 0001 C0A8 00C7                                | id      | 48879    | tos        | 16   |
        | iph    | 4600 0018 0001 2005 0111 0000 0A00 0001 0A00 0002 0101 0100                      | ihl     | 6        | fragOff    | 8197 |
        | ipv6h  | 6000 0000 0008 3A40 20010DB8000000000000000000000001 20010DB8000000000000000000000002 | version | 6   | payloadLen | 8    |
        | arph   | 0001 0800 0604 0002 0200 0000 0001 0A00 0001 0200 0000 0002 0A00 0002            | arPro   | 2048     | arOp       | 2    |

    Scenario: The same octets through two members of nh
      Given a buffer of 100 octets
      And 4510 0073 BEEF 4000 4011 0000 C0A8 0001 C0A8 00C7 were put into it
      And nh was set to its data
      When nh is read as arph
      Then it reads:
        | field | value |
        | arHrd | 17680 |
        | arPro | 115   |
      When nh is read as raw
      Then it reads:
        | field  | value                                    |
        | octets | 45100073beef400040110000c0a80001c0a800c7 |

  @SKB-19 @profile:notes @profile:linux-2.6.11 @must
  Rule: mac can be read as raw only
    Source: Linux 2.6.11, include/linux/skbuff.h, union mac

    Scenario: An Ethernet header
      Given a buffer of 100 octets
      And 0200 0000 0001 0200 0000 0002 0800 were put into it
      And mac was set to its data
      When mac is read as raw
      Then it reads:
        | field  | value                        |
        | octets | 0200000000010200000000020800 |

    Scenario Outline: There is no <header>.<member>
      Given a buffer of 100 octets
      And 40 octets of 45 were put into it
      And <header> was set to its data
      When <header> is read as <member>
      Then the call is caught as a bug

      Examples:
        | header | member |
        | mac    | iph    |
        | nh     | th     |
        | h      | arph   |
