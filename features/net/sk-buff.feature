@cap:sk-buff
Feature: sk_buff: the linear buffer
  A packet lives in one block of memory between head and end; data and tail bound what is in it.
  Layers add and strip their headers by moving data, and no octet is ever copied for it. Positions
  are offsets from head.

  @SKB-05 @must
  Rule: head and end bound the buffer, data and tail the contents
    Source: Linux 2.6.11, include/linux/skbuff.h, struct sk_buff; net/core/skbuff.c, alloc_skb()

    Scenario Outline: A new buffer of <size> octets is empty
      When a buffer of <size> octets is allocated
      Then its data is at 0 and its tail at 0
      And its end is at <size> or beyond
      And it holds no octets

      Examples:
        | size  |
        | 0     |
        | 1     |
        | 100   |
        | 1514  |
        | 65536 |

    Scenario: Each operation in turn
      Given a buffer of 100 octets
      When 30 octets are reserved in it
      Then its data is at 30 and its tail at 30
      When 20 octets of AA are put into it
      Then its data is at 30 and its tail at 50
      When 10 octets of BB are pushed in front of it
      Then its data is at 20 and its tail at 50
      When 25 octets are pulled from it
      Then its data is at 45 and its tail at 50
      When it is trimmed to 2 octets
      Then its data is at 45 and its tail at 47

    Scenario: Two buffers have nothing to do with each other
      Given a buffer "first" of 100 octets
      And a buffer "second" of 100 octets
      When 01 02 03 are put into "first"
      Then "first" holds 01 02 03
      And "second" holds no octets

  @SKB-14 @must
  Rule: skb_put extends the contents at the tail and gives the old tail
    Source: Linux 2.6.11, include/linux/skbuff.h, skb_put()

    Scenario: The tail moves, data stays
      Given a buffer of 100 octets
      And 10 octets were reserved in it
      And 01 02 were put into it
      When 03 04 05 are put into it
      Then they were written at 12
      And its data is at 10 and its tail at 15
      And it holds 01 02 03 04 05

    Scenario: Nothing may be put
      Given a buffer of 100 octets
      And 01 02 were put into it
      When no octets are put into it
      Then they were written at 2
      And it holds 01 02

    Scenario: Exactly the tailroom may be put
      Given a buffer of 100 octets
      When its whole tailroom is filled
      Then it has no tailroom

    Scenario: One octet more than the tailroom is caught as an over-run
      Given a buffer of 100 octets
      When one octet more than its tailroom is put into it
      Then the call is caught as a bug

    Scenario: One octet more than what is left is caught as an over-run
      Given a buffer of 100 octets
      And 40 octets were reserved in it
      And its whole tailroom was filled
      When 01 is put into it
      Then the call is caught as a bug

  @SKB-14 @must
  Rule: skb_push extends the contents in front and gives the new data
    Source: Linux 2.6.11, include/linux/skbuff.h, skb_push()

    Scenario: Data moves, the tail stays
      Given a buffer of 100 octets
      And 10 octets were reserved in it
      And 04 05 were put into it
      When 01 02 03 are pushed in front of it
      Then they were written at 7
      And its data is at 7 and its tail at 12
      And it holds 01 02 03 04 05

    Scenario: Nothing may be pushed
      Given a buffer of 100 octets
      When no octets are pushed in front of it
      Then they were written at 0
      And it holds no octets

    Scenario: Exactly the headroom may be pushed
      Given a buffer of 100 octets
      And 14 octets were reserved in it
      When 14 octets of EE are pushed in front of it
      Then they were written at 0
      And it has 0 octets of headroom

    Scenario Outline: <pushed> octets where <reserved> were reserved are caught as an under-run
      Given a buffer of 100 octets
      And <reserved> octets were reserved in it
      When <pushed> octets of EE are pushed in front of it
      Then the call is caught as a bug

      Examples:
        | reserved | pushed |
        | 0        | 1      |
        | 14       | 15     |
        | 14       | 200    |

  @SKB-15 @must
  Rule: skb_pull removes from the front and gives the new data, or nothing when there is too little
    Source: Linux 2.6.11, include/linux/skbuff.h, skb_pull()

    Scenario Outline: <pulled> of 5 octets
      Given a buffer of 100 octets
      And 10 octets were reserved in it
      And 01 02 03 04 05 were put into it
      When <pulled> octets are pulled from it
      Then the new data is at <data>
      And it holds <left>

      Examples:
        | pulled | data | left           |
        | 0      | 10   | 01 02 03 04 05 |
        | 1      | 11   | 02 03 04 05    |
        | 4      | 14   | 05             |
        | 5      | 15   | no octets      |

    Scenario Outline: Pulling <pulled> of 5 octets fails and changes nothing
      Given a buffer of 100 octets
      And 10 octets were reserved in it
      And 01 02 03 04 05 were put into it
      When <pulled> octets are pulled from it
      Then nothing could be pulled
      And its data is at 10 and its tail at 15
      And it holds 01 02 03 04 05

      Examples:
        | pulled     |
        | 6          |
        | 90         |
        | 4294967295 |

  @SKB-15 @SKB-06 @must
  Rule: skb_reserve makes headroom in an empty buffer
    Source: Linux 2.6.11, include/linux/skbuff.h, skb_reserve()

    Scenario Outline: <reserved> octets
      Given a buffer of 100 octets
      When <reserved> octets are reserved in it
      Then its data is at <reserved> and its tail at <reserved>
      And it has <reserved> octets of headroom
      And it holds no octets

      Examples:
        | reserved |
        | 0        |
        | 2        |
        | 100      |

    Scenario: Reserving adds up
      Given a buffer of 100 octets
      And 16 octets were reserved in it
      When 2 octets are reserved in it
      Then it has 18 octets of headroom

    Scenario: What is reserved is missing at the end
      Given a buffer of 100 octets
      When 30 octets are reserved in it
      Then its tailroom has shrunk by 30 octets

  @SKB-05 @must
  Rule: skb_trim cuts the contents at the tail, and a greater length changes nothing
    Source: Linux 2.6.11, include/linux/skbuff.h, skb_trim()

    Scenario Outline: 5 octets cut to <length>
      Given a buffer of 100 octets
      And 10 octets were reserved in it
      And 01 02 03 04 05 were put into it
      When it is trimmed to <length> octets
      Then its data is at 10 and its tail at <tail>
      And it holds <left>

      Examples:
        | length | tail | left           |
        | 0      | 10   | no octets      |
        | 1      | 11   | 01             |
        | 4      | 14   | 01 02 03 04    |
        | 5      | 15   | 01 02 03 04 05 |
        | 6      | 15   | 01 02 03 04 05 |
        | 1000   | 15   | 01 02 03 04 05 |

  @SKB-06 @must
  Rule: Headroom is reserved so that lower layers can put their headers in front without re-allocation
    Source: Linux 2.6.11, include/net/tcp.h, MAX_TCP_HEADER; net/ipv4/tcp.c, tcp_sendmsg()

    Scenario: A segment on its way down passes TCP, IP and Ethernet
      Given a buffer of 200 octets
      And 128 octets were reserved in it
      And 68 65 6C 6C 6F were put into it
      When 20 octets of 06 are pushed in front of it
      And 20 octets of 04 are pushed in front of it
      And 14 octets of EE are pushed in front of it
      Then its data is at 74 and its tail at 133
      And its end has not moved
      And its memory from 128 on holds 68 65 6C 6C 6F

  @SKB-07 @must
  Rule: Tailroom is reserved for error-checking data, which is appended without re-allocation
    Source: the notes on the layout of sk_buff; Linux 2.6.11, include/linux/skbuff.h, skb_tailroom()

    Scenario: A frame check sequence of 4 octets
      Given a buffer of 64 octets
      And 14 octets were reserved in it
      And 46 octets of DA were put into it
      When CB F4 39 26 are put into it
      Then they were written at 60
      And its end has not moved
      And its memory from 60 on holds CB F4 39 26

    Scenario: What is reserved in front is no room behind
      Given a buffer of 64 octets
      And 14 octets were reserved in it
      When 46 octets of DA are put into it
      Then its tailroom has shrunk by 60 octets

  @SKB-09 @must
  Rule: A header is stripped by moving data only: no octet is copied, and the stripped ones are still there
    Source: Linux 2.6.11, include/linux/skbuff.h, skb_pull()

    Scenario: A frame on its way up
      Given a buffer of 100 octets
      And 14 octets of EE were put into it
      And 20 octets of 04 were put into it
      And 68 65 6C 6C 6F were put into it
      When 14 octets are pulled from it
      And 20 octets are pulled from it
      Then it holds 68 65 6C 6C 6F
      And its data is at 34 and its tail at 39
      And its memory from 0 on holds 14 octets of EE
      And its memory from 14 on holds 20 octets of 04

    Scenario: A stripped header can be had back
      Given a buffer of 100 octets
      And 01 02 03 04 were put into it
      And 2 octets were pulled from it
      When AA BB are pushed in front of it
      Then they were written at 0
      And it holds AA BB 03 04

  @SKB-16 @must
  Rule: A driver reserves 2 octets, so that behind the 14 of Ethernet the IP header is aligned to 16
    Source: Linux 2.6.11, drivers/net/8139too.c and others; include/linux/skbuff.h, dev_alloc_skb()

    Scenario: With the 2 octets
      Given a driver's buffer for 1514 octets
      And 2 octets were reserved in it
      And 14 octets of EE were put into it
      And 20 octets of 04 were put into it
      When 14 octets are pulled from it
      Then its data is at a multiple of 16

    Scenario: Without them
      Given a driver's buffer for 1514 octets
      And 14 octets of EE were put into it
      And 20 octets of 04 were put into it
      When 14 octets are pulled from it
      Then its data is at 2 short of a multiple of 16

  @SKB-16 @SKB-06 @profile:notes @profile:linux-2.6.11 @must
  Rule: A driver's buffer has 16 octets of headroom before the driver does anything
    Source: Linux 2.6.11, include/linux/skbuff.h, dev_alloc_skb()

    Scenario: A driver's buffer has headroom before the driver does anything
      When a driver's buffer for 1514 octets is allocated
      Then it has 16 octets of headroom
      And at least 1514 octets can be put into it

  @SKB-05 @SKB-09 @SKB-14 @SKB-15 @property
  Rule: After any sequence of operations head ≤ data ≤ tail ≤ end, and the contents are those of a model
    Source: Linux 2.6.11, include/linux/skbuff.h

    Scenario: Generated sequences
      Then the property "any sequence of operations keeps the pointers in order" holds
      And the property "over-runs and under-runs are caught exactly when they happen" holds
