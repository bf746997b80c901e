@cap:sk-buff @cap:sk-buff-paged
Feature: sk_buff: page fragments
  Contents may go on in fragments of pages behind the linear buffer. Headers have to be linear to be read,
  so a layer asks for the octets that it needs, and they are moved to the tail.

  @SKB-05 @must
  Rule: len counts all contents, data_len those in fragments, and tail only bounds the linear part
    Source: Linux 2.6.11, include/linux/skbuff.h, skb_headlen(), skb_is_nonlinear()

    Background:
      Given a buffer of 100 octets
      And 10 octets were reserved in it
      And 01 02 03 were put into it
      And a page fragment of 04 05 06 07 was added to it

    Scenario: The lengths
      Then it holds 01 02 03 04 05 06 07
      And its data is at 10 and its linear tail at 13
      And 4 of its octets are in fragments

    Scenario: Behind the fragments there is no tailroom
      Then it has no tailroom

    Scenario: Fragments are in order
      When a page fragment of 08 09 is added to it
      Then it holds 01 02 03 04 05 06 07 08 09
      And 6 of its octets are in fragments

  @SKB-05 @must @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
  Rule: There may be 18 fragments, and no more
    Source: Linux 2.6.11, include/linux/skbuff.h, MAX_SKB_FRAGS

    Background:
      Given a buffer of 100 octets
      And 17 page fragments of 08 were added to it

    Scenario: The eighteenth
      When a page fragment of 09 is added to it
      Then 18 of its octets are in fragments

    Scenario: One more
      Given a page fragment of 09 was added to it
      When a page fragment of 0A is added to it
      Then the call is caught as a bug

  @SKB-05 @must @profile:linux-6
  Rule: In Linux 6 there may be 17 fragments, and no more
    Source: Linux 6.1, include/linux/skbuff.h, MAX_SKB_FRAGS

    Background:
      Given a buffer of 100 octets
      And 16 page fragments of 08 were added to it

    Scenario: The seventeenth
      When a page fragment of 09 is added to it
      Then 17 of its octets are in fragments

    Scenario: One more than that
      Given a page fragment of 09 was added to it
      When a page fragment of 0A is added to it
      Then the call is caught as a bug

  @SKB-14 @SKB-15 @must
  Rule: Putting behind fragments and pulling into them is caught as a bug
    Source: Linux 2.6.11, include/linux/skbuff.h, SKB_LINEAR_ASSERT in skb_put(), __skb_pull()

    Background:
      Given a buffer of 100 octets
      And 01 02 03 were put into it
      And a page fragment of 04 05 06 07 was added to it

    Scenario: Putting
      When 08 is put into it
      Then the call is caught as a bug

    Scenario: Pulling what is linear
      When 3 octets are pulled from it
      Then the new data is at 3
      And it holds 04 05 06 07

    Scenario: Pulling one octet more than is linear
      When 4 octets are pulled from it
      Then the call is caught as a bug

    Scenario: Pulling more than there is at all
      When 8 octets are pulled from it
      Then nothing could be pulled

  @SKB-09 @must
  Rule: Octets that a layer asks for are made linear, if there are so many
    Source: Linux 2.6.11, include/linux/skbuff.h, pskb_may_pull(); net/core/skbuff.c, __pskb_pull_tail()

    Background:
      Given a buffer of 100 octets
      And 01 02 03 were put into it
      And a page fragment of 04 05 06 was added to it
      And a page fragment of 07 08 was added to it

    Scenario Outline: <wanted> octets
      When <wanted> octets of it are asked for
      Then they may be pulled
      And <paged> of its octets are in fragments
      And it holds 01 02 03 04 05 06 07 08

      Examples:
        | wanted | paged |
        | 0      | 5     |
        | 3      | 5     |
        | 4      | 4     |
        | 6      | 2     |
        | 7      | 1     |
        | 8      | 0     |

    Scenario: More than the linear part has room for
      Given a page fragment of 300 octets of 09 was added to it
      When 208 octets of it are asked for
      Then they may be pulled
      And 100 of its octets are in fragments

    Scenario: All of them, and room for more behind
      Given a page fragment of 300 octets of 09 was added to it
      When 308 octets of it are asked for
      Then they may be pulled
      And 0 of its octets are in fragments
      And it has at least 128 octets of tailroom

    Scenario: One more than there are
      When 9 octets of it are asked for
      Then they may not be pulled
      And 5 of its octets are in fragments

    Scenario: All of them
      When it is made linear
      Then 0 of its octets are in fragments
      And it holds 01 02 03 04 05 06 07 08

  @SKB-05 @must
  Rule: Trimming lets go of fragments, whole and in part
    Source: Linux 2.6.11, net/core/skbuff.c, ___pskb_trim()

    Scenario Outline: 8 octets cut to <length>
      Given a buffer of 100 octets
      And 01 02 03 were put into it
      And a page fragment of 04 05 06 was added to it
      And a page fragment of 07 08 was added to it
      When it is trimmed to <length> octets
      Then it holds <left>

      Examples:
        | length | left                    |
        | 8      | 01 02 03 04 05 06 07 08 |
        | 7      | 01 02 03 04 05 06 07    |
        | 6      | 01 02 03 04 05 06       |
        | 5      | 01 02 03 04 05          |
        | 3      | 01 02 03                |
        | 2      | 01 02                   |
        | 0      | no octets               |

    Scenario: What is added after trimming comes right behind what is left
      Given a buffer of 100 octets
      And 01 02 03 were put into it
      And a page fragment of 04 05 06 was added to it
      And a page fragment of 07 08 was added to it
      When it is trimmed to 5 octets
      And a page fragment of 09 is added to it
      Then it holds 01 02 03 04 05 09

  @SKB-05 @profile:notes @profile:linux-2.6.11 @must
  Rule: What trimming leaves of the fragments stays where it is
    Source: Linux 2.6.11, net/core/skbuff.c, ___pskb_trim()

    Scenario Outline: 8 octets cut to <length>, and what is in fragments
      Given a buffer of 100 octets
      And 01 02 03 were put into it
      And a page fragment of 04 05 06 was added to it
      And a page fragment of 07 08 was added to it
      When it is trimmed to <length> octets
      Then <paged> of its octets are in fragments

      Examples:
        | length | paged |
        | 8      | 5     |
        | 7      | 4     |
        | 6      | 3     |
        | 5      | 2     |
        | 3      | 0     |
        | 2      | 0     |
        | 0      | 0     |

  @SKB-05 @profile:linux-6 @must
  Rule: What trimming leaves of the fragments becomes linear if the tailroom is enough for all of it
    Source: Linux 6.1 and 6.18, net/core/skbuff.c, ___pskb_trim(), skb_condense(); from Linux 4.10 on

    Scenario Outline: 8 octets of which <length> are kept
      Given a buffer of 100 octets
      And 01 02 03 were put into it
      And a page fragment of 04 05 06 was added to it
      And a page fragment of 07 08 was added to it
      When it is trimmed to <length> octets
      Then <paged> of its octets are in fragments

      Examples:
        | length | paged |
        | 8      | 5     |
        | 7      | 0     |
        | 5      | 0     |
        | 3      | 0     |

    Scenario: More than there is tailroom
      Given a buffer of 100 octets
      And a page fragment of 60000 octets of 04 was added to it
      When it is trimmed to 50000 octets
      Then 50000 of its octets are in fragments

    @cap:sk-buff-sharing
    Scenario: A clone shared them
      Given a buffer "original" of 100 octets
      And 01 02 03 were put into "original"
      And a page fragment of 04 05 06 was added to "original"
      And "original" was cloned as "clone"
      When "clone" is trimmed to 4 octets
      Then "clone" holds 01 02 03 04
      And 0 octets of "clone" are in fragments
      And "original" holds 01 02 03 04 05 06
      And 3 octets of "original" are in fragments

  @SKB-11 @cap:sk-buff-sharing @must
  Rule: A full copy is linear; a copy of the linear part shares the pages
    Source: Linux 2.6.11, net/core/skbuff.c, skb_copy(), pskb_copy()

    Background:
      Given a buffer "original" of 100 octets
      And 01 02 03 were put into "original"
      And a page fragment of 04 05 06 was added to "original"

    Scenario: Copied in full
      When "original" is copied as "copy"
      Then "copy" holds 01 02 03 04 05 06
      And 0 octets of "copy" are in fragments

    Scenario: Only the linear part copied
      When the linear part of "original" is copied as "copy"
      And AA are written over "copy"
      Then "copy" holds AA 02 03 04 05 06
      And 3 octets of "copy" are in fragments
      And "original" holds 01 02 03 04 05 06

    Scenario: A clone that makes its contents linear leaves its sibling alone
      Given "original" was cloned as "clone"
      When "clone" is made linear
      Then 0 octets of "clone" are in fragments
      And 3 octets of "original" are in fragments
      And "original" holds 01 02 03 04 05 06

  @SKB-05 @SKB-09 @property
  Rule: Where the contents lie does not change what they are
    Source: Linux 2.6.11, net/core/skbuff.c

    Scenario: Generated buffers
      Then the property "pulling and trimming fragments leaves the contents alone" holds
