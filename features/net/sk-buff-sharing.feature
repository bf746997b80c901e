@cap:sk-buff @cap:sk-buff-sharing
Feature: sk_buff: clones, copies and references
  A packet that several want to read is cloned: each has a descriptor of its own, all have the same data.
  Whoever wants to write must be alone with the data, and takes a copy if not.

  @SKB-11 @must
  Rule: A clone shares the data and has pointers of its own
    Source: Linux 2.6.11, net/core/skbuff.c, skb_clone()

    Background:
      Given a buffer "original" of 100 octets
      And 10 octets were reserved in "original"
      And 01 02 03 04 05 were put into "original"

    Scenario: It shows the same contents at the same place
      When "original" is cloned as "clone"
      Then "clone" holds 01 02 03 04 05
      And the data of "clone" is at 10 and its tail at 15

    Scenario: Moving its pointers leaves the original's alone
      Given "original" was cloned as "clone"
      When 2 octets are pulled from "clone"
      And "clone" is trimmed to 1 octets
      Then "clone" holds 03
      And "original" holds 01 02 03 04 05

    Scenario: What is written through one is read through the other
      Given "original" was cloned as "clone"
      When AA BB are written over "clone"
      Then "original" holds AA BB 03 04 05

    Scenario: Both are marked as clones of two
      When "original" is cloned as "clone"
      Then "original" is a clone, and 2 descriptors use its data
      And "clone" is a clone, and 2 descriptors use its data

    Scenario: Nobody else holds the new descriptor
      Given another reference to "original" was taken
      When "original" is cloned as "clone"
      Then "clone" is not shared
      And "original" is shared

    Scenario: A clone of a clone shares with both
      Given "original" was cloned as "clone"
      When "clone" is cloned as "third"
      Then "original" is a clone, and 3 descriptors use its data
      And "third" holds 01 02 03 04 05

  @SKB-11 @must
  Rule: The data live until the last descriptor that uses them is freed
    Source: Linux 2.6.11, net/core/skbuff.c, skb_release_data()

    Background:
      Given a buffer "original" of 100 octets
      And 01 02 03 were put into "original"
      And "original" was cloned as "clone"

    Scenario: The original goes first
      When "original" is freed
      Then its descriptor is freed and its data are not
      And "clone" holds 01 02 03

    Scenario: The last one takes the data with it
      Given "original" was freed
      When "clone" is freed
      Then its descriptor is freed and its data with it

    Scenario: The survivor is no clone any more
      When "original" is freed
      Then "clone" is not a clone, and 1 descriptors use its data

  @SKB-11 @must
  Rule: A descriptor lives until its last reference is given up
    Source: Linux 2.6.11, include/linux/skbuff.h, skb_get(), kfree_skb()

    Scenario: Two references
      Given a buffer of 100 octets
      And another reference to it was taken
      When it is freed
      Then neither its descriptor nor its data are freed
      And it is not shared

    Scenario: A reference is no clone
      Given a buffer of 100 octets
      When another reference to it is taken
      Then it is shared
      And it is not a clone, and 1 descriptors use its data

  @SKB-11 @profile:notes @should
  Rule: Giving up a reference that is not there is caught
    Source: the notes on sk_buff, by which the data live until the last is freed
    Variation: Linux 2.6.11 does not notice.

    Scenario: Freed too often
      Given a buffer of 100 octets
      And it was freed
      When it is freed
      Then the call is caught as a bug

  @SKB-11 @must
  Rule: A copy shares nothing
    Source: Linux 2.6.11, net/core/skbuff.c, skb_copy()

    Background:
      Given a buffer "original" of 100 octets
      And 10 octets were reserved in "original"
      And 01 02 03 were put into "original"

    Scenario: It has the same contents behind the same headroom
      When "original" is copied as "copy"
      Then "copy" holds 01 02 03
      And the data of "copy" is at 10 and its tail at 13

    Scenario: Neither sees what is written to the other
      Given "original" was copied as "copy"
      When AA are written over "copy"
      Then "copy" holds AA 02 03
      And "original" holds 01 02 03

    Scenario: The headroom comes along, with the headers that were stripped
      Given 1 octets were pulled from "original"
      When "original" is copied as "copy"
      Then the memory of "copy" from 10 on holds 01 02 03

    Scenario: It is nobody's clone
      When "original" is copied as "copy"
      Then "copy" is not a clone, and 1 descriptors use its data
      And "original" is not a clone, and 1 descriptors use its data

  @SKB-11 @must
  Rule: Whoever wants to write unshares first: cloned data are copied, private data stay
    Source: Linux 2.6.11, include/linux/skbuff.h, skb_unshare(), skb_cow()

    Background:
      Given a buffer "original" of 100 octets
      And 20 octets were reserved in "original"
      And 01 02 03 were put into "original"

    Scenario: A clone is traded for a copy
      Given "original" was cloned as "clone"
      When "clone" is unshared as "own"
      And AA are written over "own"
      Then "own" holds AA 02 03
      And "original" holds 01 02 03
      And "original" is not a clone, and 1 descriptors use its data

    Scenario: What is private is given back as it is
      When "original" is unshared as "own"
      Then "own" and "original" are the same descriptor

    Scenario: A clone that makes sure of its headroom is private afterwards
      Given "original" was cloned as "clone"
      When 16 octets of headroom are made sure of in "clone"
      And AA are written over "clone"
      Then "original" holds 01 02 03
      And "clone" is not a clone, and 1 descriptors use its data
      And "original" is not a clone, and 1 descriptors use its data

    Scenario: Enough private headroom is left as it is
      When 16 octets of headroom are made sure of in "original"
      Then the data of "original" is at 20 and its tail at 23

    Scenario Outline: Headroom of 20 is made <wanted>, whatever steps it grows in
      When <wanted> octets of headroom are made sure of in "original"
      Then "original" has at least <wanted> octets of headroom
      And "original" holds 01 02 03

      Examples:
        | wanted |
        | 21     |
        | 36     |
        | 37     |
        | 100    |

  @SKB-11 @must
  Rule: A shared descriptor is traded for a clone of one's own before its pointers are moved
    Source: Linux 2.6.11, include/linux/skbuff.h, skb_share_check()

    Scenario: Somebody else holds it too
      Given a buffer "original" of 100 octets
      And 01 02 03 were put into "original"
      And another reference to "original" was taken
      When "original" is share-checked as "own"
      And 1 octets are pulled from "own"
      Then "own" holds 02 03
      And "original" holds 01 02 03
      And "original" is not shared

    Scenario: Nobody else holds it
      Given a buffer "original" of 100 octets
      When "original" is share-checked as "own"
      Then "own" and "original" are the same descriptor

  @SKB-06 @SKB-11 @must
  Rule: More headroom is had by re-allocation, which moves the contents and makes them private
    Source: Linux 2.6.11, net/core/skbuff.c, pskb_expand_head(), skb_realloc_headroom()

    Background:
      Given a buffer "original" of 100 octets
      And 4 octets were reserved in "original"
      And 01 02 03 were put into "original"

    Scenario: The buffer grows in front
      When "original" is expanded by 28 octets in front and 0 behind
      Then the data of "original" is at 32 and its tail at 35
      And "original" holds 01 02 03

    Scenario: The buffer grows behind
      When "original" is expanded by 0 octets in front and 10 behind
      Then the data of "original" is at 4 and its tail at 7
      And "original" has at least 103 octets of tailroom

    Scenario: The clone that is expanded leaves its sibling alone
      Given "original" was cloned as "clone"
      When "clone" is expanded by 12 octets in front and 0 behind
      And AA are written over "clone"
      Then "original" holds 01 02 03
      And "clone" is not a clone, and 1 descriptors use its data
      And "original" is not a clone, and 1 descriptors use its data

    Scenario: A shared descriptor must not be expanded
      Given another reference to "original" was taken
      When "original" is expanded by 28 octets in front and 0 behind
      Then the call is caught as a bug

    Scenario: A new buffer with enough headroom, beside the old one
      When "original" with 40 octets of headroom is made as "roomy"
      Then "roomy" has at least 40 octets of headroom
      And "roomy" holds 01 02 03
      And "original" has 4 octets of headroom
      And "roomy" is not a clone, and 1 descriptors use its data

    Scenario: The headroom is enough already
      Given "original" with 4 octets of headroom was made as "twin"
      When AA are written over "twin"
      Then "original" holds 01 02 03
      And "twin" has 4 octets of headroom

  @SKB-11 @property
  Rule: Clones see each other's writes and nothing else; copies see nothing
    Source: Linux 2.6.11, net/core/skbuff.c

    Scenario: Generated families of buffers
      Then the property "clones and copies behave like a model" holds
