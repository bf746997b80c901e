@cap:paging
Feature: Paging
  A process uses memory that is larger than the machine's. What it touches and is not there is brought
  in behind its back, and what makes room for it is brought back when it is touched again. Addresses
  are those of a process, in pages of 16 octets.

  @KRN-05 @must
  Rule: Touching a page that is not resident faults, the page is read in, and the instruction resumes
    Source: 4.4BSD-Lite2, vm/vm_fault.c; Linux 2.6.11, mm/memory.c, do_no_page()

    Background:
      Given a machine with 4 frames and 4 pages of swap
      And a file "text" with pages of AA, BB and CC
      And process "init" maps the file "text" read-only at 0x00001000

    Scenario: What is mapped is not resident yet
      Then no page of "init" is resident from 0x00001000 to 0x00001030

    Scenario: The first touch
      When "init" reads 4 octets at 0x00001000
      Then it has AA AA AA AA
      And it went: fault, page-in from file, resume

    Scenario: Only the page that was touched is read in
      When "init" reads 1 octet at 0x00001010
      Then it has BB
      And pages from 0x00001000 to 0x00001030 of "init" are: out, resident, out

    Scenario: The last octet of one page and the first of the next
      When "init" reads 2 octets at 0x0000100F
      Then it has AA BB
      And it went: fault, page-in from file, resume, fault, page-in from file, resume

    Scenario: The fault is at the address that was touched
      When "init" reads 1 octet at 0x00001025
      Then it faulted at 0x00001025
      And it has CC

    Scenario: It is a major fault, and the process is charged for it
      When "init" reads 48 octets at 0x00001000
      Then "init" had 3 major and 0 minor faults

  @KRN-05 @must
  Rule: A page that comes from nowhere is zeroes, and nothing is read in
    Source: 4.4BSD-Lite2, vm/vm_fault.c, zero fill; Linux 2.6.11, mm/memory.c, do_anonymous_page()

    Background:
      Given a machine with 2 frames and 4 pages of swap
      And process "init" has 4 pages at 0x00001000

    Scenario: Read before it was written
      When "init" reads 4 octets at 0x0000100C
      Then it has 00 00 00 00
      And it went: fault, zero-fill, resume

    Scenario: Written in part
      Given "init" wrote AA BB at 0x00001001
      When "init" reads 4 octets at 0x00001000
      Then it has 00 AA BB 00

    Scenario: In a frame that another page was in before
      Given "init" wrote 32 octets of FF at 0x00001000
      When "init" reads 16 octets at 0x00001020
      Then it has 16 octets of 00

    Scenario: In a frame that another process had before
      Given "init" wrote 32 octets of FF at 0x00001000
      And "init" exited
      And process "next" has 2 pages at 0x00001000
      When "next" reads 32 octets at 0x00001000
      Then it has 32 octets of 00

    Scenario: It is a minor fault
      Given "init" wrote AA at 0x00001000
      Then "init" had 0 major and 1 minor faults

  @KRN-05 @must
  Rule: A resident page is touched without a fault
    Source: the page table holds what is resident

    Background:
      Given a machine with 4 frames and 4 pages of swap
      And a file "text" with pages of AA, BB and CC
      And process "init" maps the file "text" read-only at 0x00001000
      And process "init" has 2 pages at 0x00002000
      And "init" wrote 01 02 03 at 0x00002000
      And "init" read 1 octet at 0x00001000

    Scenario: Read again
      When "init" reads 16 octets at 0x00001000
      Then it has 16 octets of AA
      And it went on without a fault

    Scenario: Written again
      When "init" writes 04 at 0x0000200F
      Then it went on without a fault

    Scenario: What was written is there
      When "init" reads 4 octets at 0x00002000
      Then it has 01 02 03 00
      And it went on without a fault

  @KRN-05 @must
  Rule: As many pages as there are frames fault once each and never again
    Source: a frame that is free is taken before any page has to go

    Scenario Outline: <frames> frames
      Given a machine with <frames> frames and 8 pages of swap
      And process "init" has <frames> pages at 0x00001000
      And "init" touched its first <frames> pages
      When "init" touches its first <frames> pages 3 times
      Then it went on without a fault
      And "init" had 0 major and <frames> minor faults

      Examples:
        | frames |
        | 1      |
        | 2      |
        | 7      |

    Scenario: One page more than that, and somebody has to go
      Given a machine with 3 frames and 8 pages of swap
      And process "init" has 4 pages at 0x00001000
      When "init" touches its first 4 pages
      Then 3 pages of "init" are resident from 0x00001000 to 0x00001040
      And the page of "init" at 0x00001030 is resident

  @KRN-05 @must
  Rule: A dirty page is written out before its frame is used, and comes back as it was
    Source: 4.4BSD-Lite2, vm/vm_pageout.c; Linux 2.6.11, mm/vmscan.c, pageout()

    Background:
      Given a machine with 1 frame and 4 pages of swap
      And process "init" has 3 pages at 0x00001000
      And "init" wrote AA BB CC at 0x00001004

    Scenario: Its frame is wanted
      When "init" reads 1 octet at 0x00001010
      Then it went: fault, page-out of "init" at 0x00001000, zero-fill, resume

    Scenario: It is wanted again
      Given "init" read 1 octet at 0x00001010
      When "init" reads 5 octets at 0x00001003
      Then it has 00 AA BB CC 00
      And it went: fault, page-in from swap, resume

    Scenario: It is changed again, and goes again
      Given "init" read 1 octet at 0x00001010
      And "init" wrote DD at 0x00001005
      And "init" read 1 octet at 0x00001010
      When "init" reads 3 octets at 0x00001004
      Then it has AA DD CC

    Scenario: All of three pages in turn, through one frame
      Given "init" wrote 01 at 0x00001000
      And "init" wrote 02 at 0x00001010
      And "init" wrote 03 at 0x00001020
      When "init" reads 33 octets at 0x00001000
      Then it has 01 00 00 00 AA BB CC 00 00 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 03

    Scenario: Reading it in again is a major fault
      Given "init" read 1 octet at 0x00001010
      When "init" reads 1 octet at 0x00001004
      Then "init" had 1 major and 2 minor faults

  @KRN-05 @must
  Rule: A clean page that has a copy is dropped, and read in again where that is
    Source: 4.4BSD-Lite2, vm/vm_pageout.c; Linux 2.6.11, mm/vmscan.c, shrink_list()

    Background:
      Given a machine with 1 frame and 4 pages of swap
      And a file "text" with pages of AA, BB and CC
      And process "init" maps the file "text" read-only at 0x00001000
      And "init" read 1 octet at 0x00001000

    Scenario: Its frame is wanted
      When "init" reads 1 octet at 0x00001010
      Then it has BB
      And it went: fault, page-in from file, resume

    Scenario: It is wanted again
      Given "init" read 1 octet at 0x00001010
      When "init" reads 1 octet at 0x00001000
      Then it has AA
      And it went: fault, page-in from file, resume

  @KRN-05 @should
  Rule: A page that was read in from swap and not changed since is not written again
    Source: Linux 2.6.11, mm/swap_state.c, the swap cache; 4.4BSD-Lite2, vm/swap_pager.c

    Background:
      Given a machine with 1 frame and 4 pages of swap
      And a file "text" with pages of DD
      And process "init" has 2 pages at 0x00001000
      And process "init" maps the file "text" read-only at 0x00002000
      And "init" wrote AA BB CC at 0x00001000
      And "init" read 1 octet at 0x00002000
      And "init" read 1 octet at 0x00001000

    Scenario: It goes for the second time
      When "init" reads 1 octet at 0x00002000
      Then it went: fault, page-in from file, resume

    Scenario: It comes back for the second time
      Given "init" read 1 octet at 0x00002000
      When "init" reads 3 octets at 0x00001000
      Then it has AA BB CC
      And it went: fault, page-in from swap, resume

    Scenario: If it was changed, it is written
      Given "init" wrote EE at 0x00001001
      When "init" reads 1 octet at 0x00002000
      Then it went: fault, page-out of "init" at 0x00001000, page-in from file, resume

  @KRN-05 @must
  Rule: An access outside the map is a SIGSEGV
    Source: 4.4BSD-Lite2, hp300/hp300/trap.c; Linux 2.6.11, arch/i386/mm/fault.c, do_page_fault()

    Background:
      Given a machine with 4 frames and 4 pages of swap
      And process "init" has 2 pages at 0x00001000
      And "init" wrote 32 octets of AA at 0x00001000

    Scenario Outline: Reading at <address>
      When "init" reads 1 octet at <address>
      Then it got SIGSEGV and nothing else

      Examples: Around the map
        | address    |
        | 0x00000FFF |
        | 0x00001020 |

      Examples: Far away
        | address    |
        | 0x00000000 |
        | 0xFFFFFFFF |

    Scenario Outline: Writing at <address>
      When "init" writes 55 at <address>
      Then it got SIGSEGV and nothing else

      Examples:
        | address    |
        | 0x00000FFF |
        | 0x00001020 |

    Scenario Outline: <address> is in the map
      When "init" reads 1 octet at <address>
      Then it has AA

      Examples:
        | address    |
        | 0x00001000 |
        | 0x0000101F |

    Scenario: An access that runs out of the map
      When "init" reads 4 octets at 0x0000101E
      Then it got SIGSEGV after AA AA

    Scenario: Nothing is changed by it
      Given "init" read 1 octet at 0x00001020 and got SIGSEGV
      When "init" reads 32 octets at 0x00001000
      Then it has 32 octets of AA

    Scenario: What is another process's is outside the map
      Given process "other" has 1 page at 0x00008000
      When "init" reads 1 octet at 0x00008000
      Then it got SIGSEGV and nothing else

    Scenario: The length of the map is rounded up to a page
      Given process "init" has 17 octets at 0x00003000
      When "init" reads 2 octets at 0x0000301F
      Then it got SIGSEGV after 00

  @KRN-05 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: Writing to a page that may only be read is a SIGSEGV
    Source: Linux 2.6.11, arch/i386/mm/fault.c, do_page_fault()
    Variation: 4.4BSD gives SIGBUS.

    Scenario Outline: Written <when>
      Given a machine with 4 frames and 4 pages of swap
      And a file "text" with pages of AA, BB and CC
      And process "init" maps the file "text" read-only at 0x00001000
      And "init" read 1 octet at 0x00001010
      When "init" writes 55 at <address>
      Then it got SIGSEGV and nothing else

      Examples:
        | when                  | address    |
        | while it is resident  | 0x00001010 |
        | while it is not       | 0x00001000 |

    Scenario: Read while it is resident
      Given a machine with 4 frames and 4 pages of swap
      And a file "text" with pages of AA, BB and CC
      And process "init" maps the file "text" read-only at 0x00001000
      And "init" read 1 octet at 0x00001010
      When "init" reads 1 octet at 0x00001010
      Then it has BB

  @KRN-05 @profile:bsd-4.4 @must
  Rule: Writing to a page that may only be read is a SIGBUS
    Source: 4.4BSD-Lite2, hp300/hp300/trap.c, KERN_PROTECTION_FAILURE
    Variation: Linux gives SIGSEGV.

    Scenario Outline: Written <when>
      Given a machine with 4 frames and 4 pages of swap
      And a file "text" with pages of AA, BB and CC
      And process "init" maps the file "text" read-only at 0x00001000
      And "init" read 1 octet at 0x00001010
      When "init" writes 55 at <address>
      Then it got SIGBUS and nothing else

      Examples:
        | when                  | address    |
        | while it is resident  | 0x00001010 |
        | while it is not       | 0x00001000 |

    Scenario: Read while it is resident
      Given a machine with 4 frames and 4 pages of swap
      And a file "text" with pages of AA, BB and CC
      And process "init" maps the file "text" read-only at 0x00001000
      And "init" read 1 octet at 0x00001010
      When "init" reads 1 octet at 0x00001010
      Then it has BB

  @KRN-05 @must
  Rule: A refused write leaves the page as it was
    Source: the access does not happen

    Scenario: Read afterwards, from the frame and from the file
      Given a machine with 1 frame and 4 pages of swap
      And a file "text" with pages of AA and BB
      And process "init" maps the file "text" read-only at 0x00001000
      When "init" writes 55 at 0x00001000
      And "init" reads 17 octets at 0x00001000
      And "init" reads 1 octet at 0x00001000
      Then it has AA

  @KRN-05 @must
  Rule: Behind the end of a file its last page is zeroes, and a page behind that is a SIGBUS
    Source: POSIX.1, mmap(); Linux 2.6.11, mm/filemap.c, filemap_nopage()

    Background:
      Given a machine with 4 frames and 4 pages of swap
      And a file "short" that holds 17 octets of AA
      And process "init" maps 48 octets of the file "short" read-only at 0x00001000

    Scenario: The last page
      When "init" reads 3 octets at 0x0000100F
      Then it has AA AA 00

    Scenario: The page behind it
      When "init" reads 2 octets at 0x0000101F
      Then it got SIGBUS after 00

    Scenario: A file that ends with a page has no page behind that
      Given a file "whole" with pages of AA
      And process "other" maps 32 octets of the file "whole" read-only at 0x00001000
      When "other" reads 17 octets at 0x00001000
      Then it got SIGBUS after 16 octets of AA

  @KRN-05 @must
  Rule: Each process has a memory of its own, whatever the addresses
    Source: 4.4BSD-Lite2, vm/vm_map.h, struct vmspace

    Scenario Outline: Two processes write at the same address, with <frames> frames
      Given a machine with <frames> frames and 8 pages of swap
      And process "init" has 2 pages at 0x00001000
      And process "other" has 2 pages at 0x00001000
      And "init" wrote 32 octets of AA at 0x00001000
      And "other" wrote 32 octets of BB at 0x00001000
      When "init" reads 32 octets at 0x00001000
      Then it has 32 octets of AA

      Examples:
        | frames |
        | 4      |
        | 3      |
        | 1      |

    Scenario: What a process writes into a file that it has mapped, no other sees
      Given a machine with 2 frames and 8 pages of swap
      And a file "data" with pages of AA and BB
      And process "init" maps the file "data" read-write at 0x00001000
      And process "other" maps the file "data" read-write at 0x00001000
      And process "third" maps the file "data" read-only at 0x00001000
      And "init" wrote 11 22 at 0x0000100F
      And "other" wrote 33 at 0x00001010
      When "third" reads 2 octets at 0x0000100F
      Then it has AA BB
      When "init" reads 3 octets at 0x0000100F
      Then it has 11 22 BB
      When "other" reads 2 octets at 0x0000100F
      Then it has AA 33

  @KRN-05 @should
  Rule: A page of a file that one process has read in is there for another
    Source: Linux 2.6.11, mm/filemap.c, the page cache; 4.4BSD-Lite2, vm/vnode_pager.c

    Scenario: The second one faults, and nothing is read in
      Given a machine with 4 frames and 4 pages of swap
      And a file "text" with pages of AA, BB and CC
      And process "init" maps the file "text" read-only at 0x00001000
      And process "other" maps the file "text" read-only at 0x00005000
      And "init" read 1 octet at 0x00001010
      When "other" reads 1 octet at 0x00005010
      Then it has BB
      And it went: fault, resume
      And "other" had 0 major and 1 minor faults

  @KRN-05 @may
  Rule: A page that was touched since the hand came by last has a second chance
    Source: 4.3BSD, sys/vm_page.c, the clock; Linux 2.6.11, mm/vmscan.c, page_referenced()

    Background:
      Given a machine with 3 frames and 8 pages of swap
      And process "init" has 6 pages at 0x00001000
      And "init" touched its first 3 pages

    Scenario: All were touched, and the hand goes around: the oldest goes
      When "init" reads 1 octet at 0x00001030
      Then pages from 0x00001000 to 0x00001040 of "init" are: out, resident, resident, resident

    Scenario: The next to go is the next oldest
      Given "init" read 1 octet at 0x00001030
      When "init" reads 1 octet at 0x00001040
      Then pages from 0x00001000 to 0x00001050 of "init" are: out, out, resident, resident, resident

    Scenario: The next to go was touched since, and the one behind it was not
      Given "init" read 1 octet at 0x00001030
      And "init" read 1 octet at 0x00001010
      When "init" reads 1 octet at 0x00001040
      Then pages from 0x00001000 to 0x00001050 of "init" are: out, resident, out, resident, resident

  @KRN-05 @must
  Rule: A map covers whole pages that are not in a map yet
    Source: POSIX.1, mmap()

    Background:
      Given a machine with 4 frames and 8 pages of swap
      And process "init" has 2 pages at 0x00001000

    Scenario Outline: <pages> pages at <address>
      When process "init" asks for <pages> pages at <address>
      Then the call fails with <errno>

      Examples: Not at the border of a page, nothing at all, beyond the last address
        | pages | address    | errno  |
        | 1     | 0x00002001 | EINVAL |
        | 0     | 0x00002000 | EINVAL |
        | 2     | 0xFFFFFFF0 | EINVAL |

      Examples: A part is taken
        | pages | address    | errno  |
        | 1     | 0x00001000 | EEXIST |
        | 1     | 0x00001010 | EEXIST |
        | 2     | 0x00000FF0 | EEXIST |
        | 4     | 0x00000FF0 | EEXIST |

    Scenario Outline: Right beside it, at <address>
      When process "init" asks for 1 page at <address>
      And "init" writes AA at <address>
      And "init" reads 1 octet at <address>
      Then it has AA

      Examples:
        | address    |
        | 0x00000FF0 |
        | 0x00001020 |
        | 0xFFFFFFF0 |

    Scenario: A file that is not there
      When process "init" asks for the file "text" at 0x00002000
      Then the call fails with ENOENT

  @KRN-05 @may
  Rule: What memory and swap cannot hold together is refused with ENOMEM
    Source: Linux 2.6.11, mm/mmap.c, __vm_enough_memory(), strict accounting
    Variation: where more is promised than there is, somebody is killed when it is touched.

    Scenario Outline: <more> pages more, of 3 frames and 4 pages of swap
      Given a machine with 3 frames and 4 pages of swap
      And process "init" has 4 pages at 0x00001000
      When process "other" asks for <more> pages at 0x00001000
      Then the call fails with ENOMEM

      Examples:
        | more  |
        | 4     |
        | 1000  |

    Scenario: What a process leaves can be had again
      Given a machine with 3 frames and 4 pages of swap
      And process "init" has 5 pages at 0x00001000
      And "init" wrote 80 octets of AA at 0x00001000
      And "init" exited
      And process "other" has 5 pages at 0x00001000
      When "other" writes 80 octets of BB at 0x00001000
      And "other" reads 80 octets at 0x00001000
      Then it has 80 octets of BB

  @KRN-05 @must
  Rule: A process that has ended touches nothing
    Source: POSIX.1, exit()

    Scenario: It is not there
      Given a machine with 3 frames and 4 pages of swap
      And process "init" has 2 pages at 0x00001000
      And "init" exited
      When "init" reads 1 octet at 0x00001000
      Then the call fails with ESRCH

  @KRN-05 @property
  Rule: Whatever processes touch, memory holds what was written there, and what fits stays
    Source: 4.4BSD-Lite2, vm/vm_fault.c

    Scenario: Generated touches
      Then the property "paged memory is like memory that is large enough" holds
      And the property "what fits in memory is read in once" holds
