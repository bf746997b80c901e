@cap:checksum
Feature: Internet checksum
  IP, ICMP, UDP and TCP guard their octets with the same 16-bit checksum. It is cheap to
  compute, to verify and to amend, and it does not notice words that trade places.

  @CSM-08 @CSM-10 @must
  Rule: The checksum is the one's complement of the one's complement sum of all 16-bit words
    Source: RFC 1071, section 1

    Scenario Outline: <data>
      When the checksum of <octets> is computed
      Then the checksum is <checksum>

      Examples: Sums that need no carry, one carry, and many
        | data                           | octets                  | checksum |
        | The worked example of RFC 1071 | 00 01 F2 03 F4 F5 F6 F7 | 0x220D   |
        | A single word                  | 00 01                   | 0xFFFE   |
        | A sum that carries once        | FF FF 00 01             | 0xFFFE   |
        | Four halves that carry twice   | 80 00 80 00 80 00 80 00 | 0xFFFD   |

      Examples: The two zeroes of one's complement
        | data                      | octets            | checksum |
        | Nothing at all            | no octets         | 0xFFFF   |
        | Zeroes                    | 00 00 00 00       | 0xFFFF   |
        | All ones                  | FF FF FF FF       | 0x0000   |
        | A sum that is minus zero  | FF FE 00 01       | 0x0000   |
        | A full Ethernet packet    | 1472 octets of FF | 0x0000   |
        | As long as a packet can be | 65536 octets of 80 | 0xBFBF  |

  @CSM-08 @must
  Rule: An odd last octet is the high half of a word whose low half is zero
    Source: RFC 1071, section 1, the notation [Z,0]

    Scenario Outline: <octets>
      When the checksum of <octets> is computed
      Then the checksum is <checksum>

      Examples:
        | octets             | checksum |
        | 01                 | 0xFEFF   |
        | FF                 | 0x00FF   |
        | 00 01 80           | 0x7FFE   |
        | 1473 octets of FF  | 0x00FF   |
        | 65535 octets of FF | 0x00FF   |
        | 1501 octets of AB  | 0x640E   |

  @CSM-13 @must
  Rule: Data is intact exactly when its words, checksum included, sum to all ones
    Source: RFC 1071, section 1, step (3); the packets are checked against Wireshark's dissector

    Scenario Outline: The header of <packet>
      Given the packet <octets>
      When its IPv4 header is verified
      Then it is found intact
      And it is found corrupt after any single-bit error

      Examples:
        | packet                 | octets                                                                                                   |
        | an ICMP echo request | 4500 0024 1C46 4000 4001 3257 C000 0201 C633 6407 0800 4155 0001 0002 6B65 726E 7370 6563 |
        | a UDP datagram | 4500 0021 0007 0000 4011 66C3 0A00 0001 0A00 0002 0400 2328 000D 80D7 6865 6C6C 6F |
        | a TCP SYN with options | 4500 002C 0001 4000 4006 26C9 0A00 0001 0A00 0002 0400 0050 0000 0001 0000 0000 6002 2000 5FD3 0000 0204 05B4 |

    Scenario Outline: The transport checksum of <packet>
      Given the packet <octets>
      When its transport checksum is verified
      Then it is found intact
      And it is found corrupt after any single-bit error

      Examples:
        | packet                 | octets                                                                                                   |
        | an ICMP echo request | 4500 0024 1C46 4000 4001 3257 C000 0201 C633 6407 0800 4155 0001 0002 6B65 726E 7370 6563 |
        | a UDP datagram | 4500 0021 0007 0000 4011 66C3 0A00 0001 0A00 0002 0400 2328 000D 80D7 6865 6C6C 6F |
        | a TCP SYN with options | 4500 002C 0001 4000 4006 26C9 0A00 0001 0A00 0002 0400 0050 0000 0001 0000 0000 6002 2000 5FD3 0000 0204 05B4 |

    Scenario: Two words that trade places, which the checksum cannot notice
      When 4500 0073 0000 4000 4011 B861 C0A8 00C7 C0A8 0001 is verified
      Then it is found intact

    Scenario: Two errors that cancel each other, which the checksum cannot notice
      When 4501 0072 0000 4000 4011 B861 C0A8 0001 C0A8 00C7 is verified
      Then it is found intact

    Scenario: Two errors that do not cancel
      When 4501 0074 0000 4000 4011 B861 C0A8 0001 C0A8 00C7 is verified
      Then it is found corrupt

  @CSM-06 @must
  Rule: A checksum amended for one changed word equals the checksum computed afresh
    Source: RFC 1624, section 3, equation 3; the first row is the example of its section 4

    Scenario Outline: <before> becomes <after> under <checksum>
      When the checksum <checksum> is amended for a word that changed from <before> to <after>
      Then the checksum is <amended>

      Examples:
        | checksum | before | after  | amended |
        | 0xDD2F   | 0x5555 | 0x3285 | 0x0000  |
        | 0xB861   | 0x4011 | 0x3F11 | 0xB961  |
        | 0xFFFE   | 0x0001 | 0x0000 | 0x0000  |

      Examples: A word that stays as it was changes nothing
        | checksum | before | after  | amended |
        | 0x0000   | 0x1234 | 0x1234 | 0x0000  |
        | 0x777F   | 0xFFFF | 0xFFFF | 0x777F  |

      Examples: The carry that adding a carry gives is added as well
        | checksum | before | after  | amended |
        | 0x0000   | 0x0000 | 0x0001 | 0xFFFE  |

    Scenario: Translating a source address amends two words
      When the checksum 0x777F is amended for a word that changed from 0x0A00 to 0xC000
      And that checksum is amended for a word that changed from 0x0001 to 0x0209
      Then the checksum is 0xBF76

  @CSM-08 @CSM-13 @property
  Rule: The checksum does not depend on the order of the words, and data with it always verify
    Source: RFC 1071, section 2 (A), the commutative and associative law

    Scenario: Generated data
      Then the property "the order of words does not matter" holds
      And the property "data with their checksum are intact" holds
      And the property "swapped octets give the swapped checksum" holds

  @CSM-06 @property
  Rule: Amending any word of any data equals computing afresh
    Source: RFC 1624, section 3

    Scenario: Generated data with one word changed
      Then the property "amending one word equals computing afresh" holds
