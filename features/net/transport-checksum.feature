@cap:transport-checksum
Feature: Transport checksums, in software and by the device
  TCP and UDP sum a pseudo-header, their own header and the data. The data were summed when they were
  copied from the user, so on transmit only the header is left to do; a device that can sum
  spares even that. On receive, a flag tells what the device knows about a segment.

  @CSM-12 @CSM-16 @profile:notes @profile:linux-2.6.11 @must
  Rule: In software the field receives the full checksum, and only the header is summed on top of csum
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_send_check()

    Scenario Outline: <what>
      Given a TCP segment from 10.0.0.1 to 10.0.0.2: <segment>
      When it is sent without help from the device
      Then its check field holds <checksum>
      And it leaves with the checksum <checksum>
      And <summed> octets were summed at send time

      Examples:
        | what                       | segment                                                                                                     | checksum | summed |
        | An ACK                     | 0400 0050 0000 0001 0000 0002 5010 2000 0000 0000                                                           | 0x777F   | 20     |
        | A SYN with one option      | 0400 0050 0000 0001 0000 0000 6002 2000 0000 0000 0204 05B4                                                 | 0x5FD3   | 24     |
        | Data of an odd length      | 0400 0050 0000 0001 0000 0002 5018 2000 0000 0000 68 65 6C 6C 6F 2C 20 6B 65 72 6E 65 6C                    | 0xD328   | 20     |

    Scenario: A sum of other data gives a wrong checksum
      Given a TCP segment from 10.0.0.1 to 10.0.0.2: 0400 0050 0000 0001 0000 0002 5018 2000 0000 0000 68 65 6C 6C 6F 2C 20 6B 65 72 6E 65 6C
      And csum holds the sum of 68 65 6C 6C 6F 2C 20 4B 65 72 6E 65 6C
      When it is sent without help from the device
      Then it leaves with the checksum 0xD348

    Scenario: Data as long as an Ethernet segment cost no more than none
      Given a TCP segment from 10.0.0.1 to 10.0.0.2 with 1460 octets of data
      When it is sent without help from the device
      Then 20 octets were summed at send time

  @CSM-12 @CSM-05 @must
  Rule: With hardware the field holds the pseudo-header's sum, and csum the offset of the field
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_send_check(); net/ipv4/udp.c, udp_push_pending_frames()

    Scenario Outline: <what>
      Given a <protocol> segment from 10.0.0.1 to 10.0.0.2: <segment>
      When it is sent through a device that sums
      Then its check field holds <field>
      And csum holds the offset <offset>
      And nothing was summed at send time
      And it leaves with the checksum <checksum>

      Examples:
        | what                   | protocol | segment                                                                                                      | field  | offset | checksum |
        | A TCP ACK              | TCP      | 0400 0050 0000 0001 0000 0002 5010 2000 0000 0000                                                            | 0x141D | 16     | 0x777F   |
        | TCP with data          | TCP      | 0400 0050 0000 0001 0000 0002 5018 2000 0000 0000 68 65 6C 6C 6F 2C 20 6B 65 72 6E 65 6C                     | 0x142A | 16     | 0xD328   |
        | A UDP datagram         | UDP      | 0400 0035 000D 0000 68 65 6C 6C 6F                                                                           | 0x1421 | 6      | 0xA3CA   |

  @CSM-15 @profile:notes @profile:linux-2.6.11 @must
  Rule: The routines run in the order send check, check over a partial sum, magic, nofold, fold
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_send_check()

    Scenario: In software
      Given a TCP segment from 10.0.0.1 to 10.0.0.2: 0400 0050 0000 0001 0000 0002 5010 2000 0000 0000
      When it is sent without help from the device
      Then these routines ran in order:
        | tcp_v4_send_check  |
        | csum_partial       |
        | tcp_v4_check       |
        | csum_tcpudp_magic  |
        | csum_tcpudp_nofold |
        | csum_fold          |

    Scenario: With hardware nothing is summed but the pseudo-header
      Given a TCP segment from 10.0.0.1 to 10.0.0.2: 0400 0050 0000 0001 0000 0002 5010 2000 0000 0000
      When it is sent through a device that sums
      Then these routines ran in order:
        | tcp_v4_send_check  |
        | tcp_v4_check       |
        | csum_tcpudp_magic  |
        | csum_tcpudp_nofold |
        | csum_fold          |

  @CSM-12 @must
  Rule: UDP sends a checksum of zero as all ones, since zero says that there is none
    Source: RFC 768; Linux 2.6.11, net/ipv4/udp.c, udp_push_pending_frames()

    Scenario: Computed in software
      Given a UDP segment from 10.0.0.1 to 10.0.0.2: 0400 0035 000A 0000 E7A2
      When it is sent without help from the device
      Then it leaves with the checksum 0xFFFF

    Scenario: Any other checksum is sent as it is
      Given a UDP segment from 10.0.0.1 to 10.0.0.2: 0400 0035 000D 0000 68 65 6C 6C 6F
      When it is sent without help from the device
      Then it leaves with the checksum 0xA3CA
      And 8 octets were summed at send time

  @CSM-12 @should
  Rule: A device that sums UDP knows that zero says none, too
    Source: RFC 768
    Variation: where no device can, Linux 2.6.11's skb_checksum_help() stores the fold as it is, so zero goes out.

    Scenario: Computed by the device
      Given a UDP segment from 10.0.0.1 to 10.0.0.2: 0400 0035 000A 0000 E7A2
      When it is sent through a device that sums
      Then it leaves with the checksum 0xFFFF

  @CSM-01 @CSM-02 @must
  Rule: CHECKSUM_NONE says that nobody has verified the segment, so the transport protocol does
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_checksum_init(); net/ipv4/udp.c, udp_checksum_init(), udp_rcv(); RFC 768; the notes call the state invalid

    Scenario Outline: A good <what>
      Given a <protocol> segment from 10.0.0.1 to 10.0.0.2: <segment>
      When it arrives as CHECKSUM_NONE
      Then it is accepted
      And <length> octets were summed in software

      Examples:
        | what         | protocol | segment                                                                                       | length |
        | TCP ACK      | TCP      | 0400 0050 0000 0001 0000 0002 5010 2000 777F 0000                                             | 20     |
        | TCP segment  | TCP      | 0400 0050 0000 0001 0000 0002 5018 2000 D328 0000 68 65 6C 6C 6F 2C 20 6B 65 72 6E 65 6C      | 33     |
        | UDP datagram | UDP      | 0400 0035 000D A3CA 68 65 6C 6C 6F                                                            | 13     |

    Scenario: A good segment too long to be verified at once
      Given a TCP segment from 10.0.0.1 to 10.0.0.2 with 100 octets of data
      And its check field was set to 0x720E
      When it arrives as CHECKSUM_NONE
      Then it is accepted

    Scenario: A long segment with one bit turned over
      Given a TCP segment from 10.0.0.1 to 10.0.0.2 with 100 octets of data
      And its check field was set to 0x720F
      When it arrives as CHECKSUM_NONE
      Then it is dropped and counted

    Scenario Outline: A bad <what>
      Given a <protocol> segment from 10.0.0.1 to 10.0.0.2: <segment>
      When it arrives as CHECKSUM_NONE
      Then it is dropped and counted

      Examples:
        | what                         | protocol | segment                                                                                  |
        | TCP ACK                      | TCP      | 0400 0050 0000 0001 0000 0002 5010 2000 777E 0000                                        |
        | TCP segment, its data damaged | TCP     | 0400 0050 0000 0001 0000 0002 5018 2000 D328 0000 68 65 6C 6C 6F 2C 20 4B 65 72 6E 65 6C |
        | TCP segment of other ends    | TCP      | 0400 0050 0000 0001 0000 0002 5010 2000 BF76 0000                                        |
        | UDP datagram                 | UDP      | 0400 0035 000D A3CB 68 65 6C 6C 6F                                                       |

    Scenario: A TCP checksum of zero is a number like any other
      Given a TCP segment from 10.0.0.1 to 10.0.0.2: 0400 0050 0000 0001 0000 0002 5010 2000 0000 0000
      When it arrives as CHECKSUM_NONE
      Then it is dropped and counted

    Scenario: What the link put behind a short UDP datagram is not summed
      Given a UDP segment from 10.0.0.1 to 10.0.0.2: 0400 0035 000D A3CA 68 65 6C 6C 6F 00 11 22 33 44
      When it arrives as CHECKSUM_NONE
      Then it is accepted
      And 13 octets were summed in software

    Scenario: A UDP checksum of zero says that there is none
      Given a UDP segment from 10.0.0.1 to 10.0.0.2: 0400 0035 000D 0000 68 65 6C 6C 6F
      When it arrives as CHECKSUM_NONE
      Then it is accepted
      And nothing was summed in software

  @CSM-01 @CSM-03 @must
  Rule: CHECKSUM_HW says that the device has summed the segment, and only the pseudo-header is added
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_checksum_init(); net/ipv4/udp.c, udp_checksum_init()

    Scenario Outline: A good <what>, summed by the device
      Given a <protocol> segment from 10.0.0.1 to 10.0.0.2: <segment>
      When it arrives as CHECKSUM_HW
      Then it is accepted
      And nothing was summed in software

      Examples:
        | what         | protocol | segment                                                                                  |
        | TCP segment  | TCP      | 0400 0050 0000 0001 0000 0002 5018 2000 D328 0000 68 65 6C 6C 6F 2C 20 6B 65 72 6E 65 6C |
        | UDP datagram | UDP      | 0400 0035 000D A3CA 68 65 6C 6C 6F                                                       |

    Scenario Outline: A bad <what>, summed by the device
      Given a <protocol> segment from 10.0.0.1 to 10.0.0.2: <segment>
      When it arrives as CHECKSUM_HW
      Then it is dropped and counted

      Examples:
        | what                      | protocol | segment                                                                                  |
        | TCP segment               | TCP      | 0400 0050 0000 0001 0000 0002 5018 2000 D328 0000 68 65 6C 6C 6F 2C 20 4B 65 72 6E 65 6C |
        | TCP segment of other ends | TCP      | 0400 0050 0000 0001 0000 0002 5010 2000 BF76 0000                                        |
        | UDP datagram              | UDP      | 0400 0035 000D A3CB 68 65 6C 6C 6F                                                       |

    Scenario: The device is wrong about a good segment, which is then verified in software
      Given a TCP segment from 10.0.0.1 to 10.0.0.2: 0400 0050 0000 0001 0000 0002 5010 2000 777F 0000
      And the device reports the sum of 0400 0050 0000 0001 0000 0002 5010 2000 777E 0000
      When it arrives as CHECKSUM_HW
      Then it is accepted
      And 20 octets were summed in software

  @CSM-01 @CSM-04 @must
  Rule: CHECKSUM_UNNECESSARY says that the device has verified all, so nothing is computed
    Source: Linux 2.6.11, include/linux/skbuff.h

    Scenario Outline: A <what>
      Given a <protocol> segment from 10.0.0.1 to 10.0.0.2: <segment>
      When it arrives as CHECKSUM_UNNECESSARY
      Then it is accepted
      And nothing was summed in software

      Examples: The device is believed, right or wrong
        | what              | protocol | segment                                           |
        | good TCP segment  | TCP      | 0400 0050 0000 0001 0000 0002 5010 2000 777F 0000 |
        | bad TCP segment   | TCP      | 0400 0050 0000 0001 0000 0002 5010 2000 777E 0000 |
        | good UDP datagram | UDP      | 0400 0035 000D A3CA 68 65 6C 6C 6F                |
        | bad UDP datagram  | UDP      | 0400 0035 000D A3CB 68 65 6C 6C 6F                |

    Scenario Outline: Without that word a bad <what> is found out
      Given a <protocol> segment from 10.0.0.1 to 10.0.0.2: <segment>
      When it arrives as CHECKSUM_NONE
      Then it is dropped and counted
      And <length> octets were summed in software

      Examples:
        | what         | protocol | segment                                           | length |
        | TCP segment  | TCP      | 0400 0050 0000 0001 0000 0002 5010 2000 777E 0000 | 20     |
        | UDP datagram | UDP      | 0400 0035 000D A3CB 68 65 6C 6C 6F                | 13     |

  @CSM-06 @CSM-07 @cap:checksum @must
  Rule: A pseudo-header summed in advance fails when NAT changes an address, and is mended word by word
    Source: RFC 1624; RFC 3022, section 4.2

    Scenario: The stale checksum is detected
      Given a TCP segment from 10.0.0.1 to 10.0.0.2: 0400 0050 0000 0001 0000 0002 5010 2000 0000 0000
      And it was sent through a device that sums
      When it arrives as CHECKSUM_NONE from 192.0.2.9 to 10.0.0.2
      Then it is dropped and counted

    Scenario: The amended checksum is accepted
      Given a TCP segment from 10.0.0.1 to 10.0.0.2: 0400 0050 0000 0001 0000 0002 5010 2000 0000 0000
      And it was sent through a device that sums
      And its checksum was amended for the source 192.0.2.9
      When it arrives as CHECKSUM_NONE from 192.0.2.9 to 10.0.0.2
      Then it is accepted

  @CSM-07 @CSM-12 @CSM-16 @property
  Rule: Software and device send the same segment, and the receiver accepts it and nothing else
    Source: RFC 793, section 3.1; RFC 768

    Scenario: Generated segments
      Then the property "software and device send the same octets" holds
      And the property "what was sent is accepted in every receive state" holds
      And the property "a segment with one wrong bit is dropped" holds
