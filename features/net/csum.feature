@cap:csum
Feature: The kernel's checksum routines
  The kernel sums in 32 bits and in the byte order of its machine, and leaves folding to 16 bits
  and complementing to the end. A sum can therefore be handed on from one region to the next, and
  only the last step gives a number that means the same everywhere: checksums below are in network
  order, sums are not compared.

  @CSM-08 @must
  Rule: csum_partial adds the words of a region to a sum
    Source: Linux 2.6.11, arch/i386/lib/checksum.S, csum_partial(); RFC 1071, section 1

    Scenario Outline: <region>
      When csum_partial sums <octets>
      Then the sum folds to the checksum <checksum>

      Examples:
        | region                         | octets                  | checksum |
        | The worked example of RFC 1071 | 00 01 F2 03 F4 F5 F6 F7 | 0x220D   |
        | The empty region               | no octets               | 0xFFFF   |
        | One octet                      | 01                      | 0xFEFF   |
        | An odd number of octets        | 00 01 80                | 0x7FFE   |
        | Two octets                     | 00 01                   | 0xFFFE   |
        | A carry out of 16 bits         | FF FF 00 01             | 0xFFFE   |
        | A carry out of 32 bits         | FF FF FF FF 00 00 00 01 | 0xFFFE   |
        | A large region                 | 65535 octets of FF      | 0x00FF   |

    Scenario Outline: A sum goes on where another ended, <first> octets first
      When csum_partial sums <octets> and goes on with <more>
      Then the sum folds to the checksum 0x220D

      Examples:
        | first | octets                  | more                    |
        | 0     | no octets               | 00 01 F2 03 F4 F5 F6 F7 |
        | 2     | 00 01                   | F2 03 F4 F5 F6 F7       |
        | 6     | 00 01 F2 03 F4 F5       | F6 F7                   |
        | 8     | 00 01 F2 03 F4 F5 F6 F7 | no octets               |

  @CSM-08 @must
  Rule: The sum of a block at an odd offset is turned round by eight bits before it is added
    Source: Linux 2.6.11, include/net/checksum.h, csum_block_add(); RFC 1071, section 2 (B)

    Scenario Outline: The second block begins at offset <offset>
      When csum_block_add joins the sums of <block> and, at offset <offset>, <next>
      Then the sum folds to the checksum 0x220D

      Examples:
        | offset | block                | next                    |
        | 0      | no octets            | 00 01 F2 03 F4 F5 F6 F7 |
        | 1      | 00                   | 01 F2 03 F4 F5 F6 F7    |
        | 2      | 00 01                | F2 03 F4 F5 F6 F7       |
        | 3      | 00 01 F2             | 03 F4 F5 F6 F7          |
        | 7      | 00 01 F2 03 F4 F5 F6 | F7                      |

  @CSM-10 @must
  Rule: csum_fold adds the halves of a sum with the carry that this gives, and complements
    Source: Linux 2.6.11, include/asm-i386/checksum.h, csum_fold()

    Scenario Outline: <sum> has <carries>
      When csum_fold folds <sum>
      Then the fold is <result>

      Examples:
        | sum        | carries                         | result |
        | 0x00000000 | no carry                        | 0xFFFF |
        | 0x00000001 | no carry                        | 0xFFFE |
        | 0x0000FFFF | no carry                        | 0x0000 |
        | 0x12345678 | no carry                        | 0x9753 |
        | 0x00010000 | a high half only                | 0xFFFE |
        | 0xFFFF0000 | a high half only                | 0x0000 |
        | 0x0001FFFE | no carry, though it comes close | 0x0000 |
        | 0x0001FFFF | one carry                       | 0xFFFE |
        | 0x80008001 | one carry                       | 0xFFFD |
        | 0xFFFFFFFF | one carry                       | 0x0000 |

  @CSM-09 @CSM-07 @must
  Rule: csum_tcpudp_nofold adds source, destination, protocol and length with end-around carry
    Source: RFC 793, section 3.1; Linux 2.6.11, include/asm-i386/checksum.h, csum_tcpudp_nofold()

    Scenario Outline: <what>
      When csum_tcpudp_nofold adds <source> to <destination>, length <length>, protocol <protocol> to the sum 0x00000000
      Then the sum folds to the checksum <checksum>

      Examples: Each of the four counts
        | what                | source   | destination | length | protocol | checksum |
        | As it was           | 10.0.0.1 | 10.0.0.2    | 20     | 6        | 0xEBE2   |
        | Another source      | 10.0.0.3 | 10.0.0.2    | 20     | 6        | 0xEBE0   |
        | Another destination | 10.0.0.1 | 10.0.1.2    | 20     | 6        | 0xEAE2   |
        | Another length      | 10.0.0.1 | 10.0.0.2    | 21     | 6        | 0xEBE1   |
        | Another protocol    | 10.0.0.1 | 10.0.0.2    | 20     | 17       | 0xEBD7   |

      Examples: The ends of the range
        | what                 | source          | destination     | length | protocol | checksum |
        | Everything is zero   | 0.0.0.0         | 0.0.0.0         | 0      | 0        | 0xFFFF   |
        | Everything is at max | 255.255.255.255 | 255.255.255.255 | 65535  | 255      | 0xFF00   |

    Scenario Outline: A sum of <sum> carries round
      When csum_tcpudp_nofold adds 10.0.0.1 to 10.0.0.2, length 20, protocol 6 to the sum <sum>
      Then the sum folds to the checksum <checksum>

      Examples: Minus zero and zero add nothing
        | sum        | checksum |
        | 0xFFFFFFFF | 0xEBE2   |
        | 0x00000000 | 0xEBE2   |

      Examples: Sums that read the same in either byte order
        | sum        | checksum |
        | 0x01010101 | 0xE9E0   |
        | 0xFEFEFEFE | 0xEDE4   |

  @CSM-17 @profile:notes @profile:linux-2.6.11 @must
  Rule: i386 adds destination, source, the swapped length above the protocol times 256, and the last carry
    Source: Linux 2.6.11, include/asm-i386/checksum.h, csum_tcpudp_nofold()

    Scenario Outline: Into a sum of <sum>
      Given the machine is little-endian
      When csum_tcpudp_nofold adds 10.0.0.1 to 10.0.0.2, length 20, protocol 6 to the sum <sum>
      Then the sum is <result>

      Examples: No carry
        | sum        | result     |
        | 0x00000000 | 0x17000614 |
        | 0x00000001 | 0x17000615 |

      Examples: The carry out of bit 31 comes back in at bit 0
        | sum        | result     |
        | 0xF0000000 | 0x07000615 |
        | 0xE8FFF9EC | 0x00000001 |
        | 0xFFFFFFFF | 0x17000614 |

  @CSM-11 @must
  Rule: csum_tcpudp_magic is the fold of csum_tcpudp_nofold
    Source: Linux 2.6.11, include/asm-i386/checksum.h, csum_tcpudp_magic()

    Scenario Outline: <source> to <destination>, length <length>, protocol <protocol>
      When csum_tcpudp_magic is computed from <source> to <destination>, length <length>, protocol <protocol>
      Then the checksum is <checksum>
      And it equals the fold of csum_tcpudp_nofold

      Examples:
        | source          | destination     | length | protocol | checksum |
        | 10.0.0.1        | 10.0.0.2        | 20     | 6        | 0xEBE2   |
        | 10.0.0.1        | 10.0.0.2        | 20     | 17       | 0xEBD7   |
        | 255.255.255.255 | 255.255.255.255 | 65535  | 255      | 0xFF00   |

  @CSM-14 @must
  Rule: Each machine brings its own routines, and all of them give the same checksum
    Source: Linux 2.6.11, include/asm-*/checksum.h

    Scenario Outline: <octets>
      When <octets> are summed by each of the machine's routines
      Then all of them give the checksum <checksum>

      Examples:
        | octets                  | checksum |
        | no octets               | 0xFFFF   |
        | 01                      | 0xFEFF   |
        | 00 01 F2 03 F4 F5 F6 F7 | 0x220D   |
        | FF FF FF FF 00 00 00 01 | 0xFFFE   |
        | 1473 octets of FF       | 0x00FF   |
        | 1501 octets of AB       | 0x640E   |

  @CSM-08 @CSM-10 @CSM-14 @property
  Rule: Wherever data are cut, however their parts are joined, and by whatever routine, the checksum is the same
    Source: RFC 1071, section 2

    Scenario: Generated data
      Then the property "partial sums can be chained at any even offset" holds
      And the property "block sums can be joined at any offset" holds
      And the property "every routine of the machine agrees with the definition" holds
      And the property "folding is the one's complement of the sum modulo 65535" holds

  @CSM-07 @CSM-09 @CSM-11 @property
  Rule: The pseudo-header's checksum is that of its twelve octets
    Source: RFC 793, section 3.1; RFC 768

    Scenario: Generated addresses, lengths and protocols
      Then the property "the magic checksum is that of the pseudo-header's octets" holds
      And the property "the magic checksum is the fold of the unfolded sum" holds
