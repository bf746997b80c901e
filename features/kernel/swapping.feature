@cap:swapping
Feature: Swapping
  When processes do not all fit in memory, whole ones leave it: first who sleeps, and who has to run
  comes back. Pages are of 16 octets.

  @KRN-06 @must
  Rule: When memory is short, a process that sleeps is swapped out as a whole
    Source: 4.4BSD-Lite2, vm/vm_glue.c, swapout_threads()

    Background:
      Given a machine of 4 frames that swaps to 8 pages
      And process "editor" of 3 pages was started

    Scenario: Another one needs the room
      Given "editor" went to sleep
      When process "compiler" of 3 pages is started
      Then these are in memory: compiler
      And 1 frame and 5 pages of swap are free

    Scenario: Another one needs a single page more than there is
      Given "editor" went to sleep
      When process "compiler" of 2 pages is started
      Then these are in memory: compiler
      And 2 frames and 5 pages of swap are free

    Scenario: Memory is not short
      Given "editor" went to sleep
      When process "shell" of 1 page is started
      Then these are in memory: editor, shell
      And 0 frames and 8 pages of swap are free

    Scenario: Sleeping alone is no reason
      Given "editor" went to sleep
      When 60 seconds pass
      Then these are in memory: editor

  @KRN-06 @must
  Rule: A process that was swapped out is swapped in when it is runnable, its memory as it was
    Source: 4.4BSD-Lite2, vm/vm_glue.c, scheduler(), swapin()

    Background:
      Given a machine of 4 frames that swaps to 8 pages
      And process "editor" of 3 pages was started
      And "editor" wrote 01 02 03 at offset 15 of its memory
      And "editor" wrote 04 at offset 47 of its memory
      And "editor" went to sleep
      And process "compiler" of 3 pages was started
      And "compiler" wrote 48 octets of FF at offset 0 of its memory

    Scenario: There is room, since the other one has ended
      Given "compiler" ended
      When "editor" is woken
      Then these are in memory: editor
      And offset 14 to 18 of the memory of "editor" holds 00 01 02 03 00
      And 1 frame and 8 pages of swap are free

    Scenario: All of its memory
      Given "compiler" ended
      When "editor" is woken
      Then offset 0 to 47 of the memory of "editor" holds 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 02 03 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 04

    Scenario: Room is made, since the other one sleeps
      Given "compiler" went to sleep
      When "editor" is woken
      Then these are in memory: editor
      And offset 15 to 17 of the memory of "editor" holds 01 02 03
      And 1 frame and 5 pages of swap are free

    Scenario: The other way round, and each has its own
      Given "compiler" went to sleep
      And "editor" was woken
      And "editor" wrote AA at offset 0 of its memory
      And "editor" went to sleep
      When "compiler" is woken
      Then these are in memory: compiler
      And offset 0 to 47 of the memory of "compiler" holds 48 octets of FF

    Scenario: And back once more
      Given "compiler" went to sleep
      And "editor" was woken
      And "editor" wrote AA at offset 0 of its memory
      And "editor" went to sleep
      And "compiler" was woken
      And "compiler" ended
      When "editor" is woken
      Then offset 0 to 1 of the memory of "editor" holds AA 00
      And offset 15 to 17 of the memory of "editor" holds 01 02 03

    Scenario: It comes in by itself, once the other one sleeps
      Given "editor" was woken
      When "compiler" goes to sleep
      And 1 second passes
      Then these are in memory: editor

    Scenario: It comes in by itself, once the other one has ended
      Given "editor" was woken
      When "compiler" ends
      And 1 second passes
      Then these are in memory: editor
      And offset 15 to 17 of the memory of "editor" holds 01 02 03

  @KRN-06 @must
  Rule: A process that is not in memory does not run
    Source: 4.4BSD-Lite2, vm/vm_glue.c: setrunqueue() only for a process that is in memory

    Background:
      Given a machine of 4 frames that swaps to 8 pages
      And process "editor" of 3 pages was started
      And "editor" went to sleep
      And process "compiler" of 3 pages was started

    Scenario: It sleeps
      When "editor" reads its memory
      Then the call fails with EAGAIN

    Scenario: It is runnable, and there is no room for it yet
      Given "editor" was woken
      When "editor" reads its memory
      Then the call fails with EAGAIN
      And these are in memory: compiler

    Scenario: It is in memory again
      Given "compiler" ended
      And "editor" was woken
      Then offset 0 to 47 of the memory of "editor" holds 48 octets of 00

  @KRN-06 @should
  Rule: A process that sleeps is not swapped in
    Source: 4.4BSD-Lite2, vm/vm_glue.c, scheduler(), which looks at the runnable only

    Scenario: There is room, and time passes
      Given a machine of 4 frames that swaps to 8 pages
      And process "editor" of 3 pages was started
      And "editor" went to sleep
      And process "compiler" of 3 pages was started
      And "compiler" ended
      When 60 seconds pass
      Then these are in memory: nobody
      And 4 frames and 5 pages of swap are free

  @KRN-06 @must
  Rule: No process that is runnable is swapped out while one that sleeps is left
    Source: 4.4BSD-Lite2, vm/vm_glue.c, swapout_threads()

    Scenario Outline: <sleeper> sleeps, the others do not
      Given a machine of 6 frames that swaps to 8 pages
      And process "alpha" of 2 pages was started
      And process "bravo" of 2 pages was started
      And process "charlie" of 2 pages was started
      And 30 seconds have passed
      And "<sleeper>" went to sleep
      When process "delta" of 2 pages is started
      Then these are in memory: <in memory>

      Examples: However short it has slept, and however long the others have been in memory
        | sleeper | in memory             |
        | alpha   | bravo, charlie, delta |
        | bravo   | alpha, charlie, delta |
        | charlie | alpha, bravo, delta   |

    Scenario: Somebody comes back, and the swap device has room for one of the others only
      Given a machine of 6 frames that swaps to 5 pages
      And process "alpha" of 1 page was started
      And process "bravo" of 3 pages was started
      And "alpha" went to sleep
      And process "charlie" of 3 pages was started
      And 30 seconds have passed
      And "charlie" went to sleep
      When "alpha" is woken
      Then these are in memory: alpha, bravo

    Scenario: One sleeper is not enough, but two are
      Given a machine of 6 frames that swaps to 8 pages
      And process "alpha" of 2 pages was started
      And process "bravo" of 2 pages was started
      And process "charlie" of 2 pages was started
      And "alpha" went to sleep
      And "charlie" went to sleep
      When process "delta" of 4 pages is started
      Then these are in memory: bravo, delta

  @KRN-06 @profile:bsd-4.4 @must
  Rule: Who sleeps longest is swapped out first, and no more than are needed
    Source: 4.4BSD-Lite2, vm/vm_glue.c, swapout_threads(), p_slptime

    Scenario Outline: <first> went to sleep before <second>
      Given a machine of 6 frames that swaps to 8 pages
      And process "alpha" of 2 pages was started
      And process "bravo" of 2 pages was started
      And process "charlie" of 2 pages was started
      And "<first>" went to sleep
      And 5 seconds have passed
      And "<second>" went to sleep
      And 5 seconds have passed
      When process "delta" of 2 pages is started
      Then these are in memory: <in memory>

      Examples:
        | first   | second  | in memory             |
        | alpha   | bravo   | bravo, charlie, delta |
        | bravo   | alpha   | alpha, charlie, delta |
        | charlie | alpha   | alpha, bravo, delta   |

    Scenario: Who was woken in between begins anew
      Given a machine of 4 frames that swaps to 8 pages
      And process "alpha" of 2 pages was started
      And process "bravo" of 2 pages was started
      And "alpha" went to sleep
      And 10 seconds have passed
      And "bravo" went to sleep
      And "alpha" was woken
      And "alpha" went to sleep
      And 5 seconds have passed
      And "alpha" was woken
      And "alpha" went to sleep
      When process "delta" of 2 pages is started
      Then these are in memory: alpha, delta

  @KRN-06 @must
  Rule: What the swap device has no room for stays in memory, and nothing is lost
    Source: 4.4BSD-Lite2, vm/vm_glue.c; fork() without memory and swap gives ENOMEM

    Background:
      Given a machine of 4 frames that swaps to 2 pages
      And process "editor" of 3 pages was started
      And "editor" wrote 48 octets of AA at offset 0 of its memory
      And "editor" went to sleep

    Scenario: The process that needs its room cannot be started
      When process "compiler" of 3 pages is started
      Then the call fails with ENOMEM
      And these are in memory: editor
      And 1 frame and 2 pages of swap are free

    Scenario: The one that sleeps is as it was
      When process "compiler" of 3 pages is started
      And "editor" is woken
      Then offset 0 to 47 of the memory of "editor" holds 48 octets of AA

    Scenario: A smaller one that sleeps goes instead
      Given process "shell" of 1 page was started
      And "shell" wrote BB at offset 3 of its memory
      And "shell" went to sleep
      When process "clock" of 1 page is started
      Then these are in memory: editor, clock

    Scenario: The smaller one comes back
      Given process "shell" of 1 page was started
      And "shell" wrote BB at offset 3 of its memory
      And "shell" went to sleep
      And process "clock" of 1 page was started
      And "clock" ended
      When "shell" is woken
      Then offset 0 to 15 of the memory of "shell" holds 00 00 00 BB 00 00 00 00 00 00 00 00 00 00 00 00

    Scenario: It has just room enough
      Given a machine of 4 frames that swaps to 3 pages
      And process "editor" of 3 pages was started
      And "editor" went to sleep
      When process "compiler" of 3 pages is started
      Then these are in memory: compiler
      And 1 frame and 0 pages of swap are free

    Scenario: A process that is larger than memory cannot be started
      When process "monster" of 5 pages is started
      Then the call fails with ENOMEM

  @KRN-06 @must
  Rule: A process that ends leaves its room in memory and on the swap device
    Source: 4.4BSD-Lite2, kern/kern_exit.c

    Scenario: In memory
      Given a machine of 4 frames that swaps to 8 pages
      And process "editor" of 3 pages was started
      When "editor" ends
      Then 4 frames and 8 pages of swap are free
      And these are in memory: nobody

    Scenario: On the swap device
      Given a machine of 4 frames that swaps to 8 pages
      And process "editor" of 3 pages was started
      And "editor" went to sleep
      And process "compiler" of 3 pages was started
      When "editor" ends
      Then 1 frame and 8 pages of swap are free

    Scenario: Nobody finds anything of it
      Given a machine of 4 frames that swaps to 8 pages
      And process "editor" of 3 pages was started
      And "editor" wrote 48 octets of AA at offset 0 of its memory
      And "editor" went to sleep
      And process "compiler" of 3 pages was started
      And "compiler" ended
      And "editor" ended
      When process "editor" of 4 pages is started
      Then offset 0 to 63 of the memory of "editor" holds 64 octets of 00

  @KRN-06 @should
  Rule: Processes that are all runnable and do not fit take turns in memory
    Source: 4.4BSD-Lite2, vm/vm_glue.c, scheduler(), p_swtime; Sixth Edition UNIX, sched()

    Scenario: Three of 3 pages in 4 frames
      Given a machine of 4 frames that swaps to 16 pages
      And process "alpha" of 3 pages was started
      And process "bravo" of 3 pages was started
      And process "charlie" of 3 pages was started
      When a minute passes, second by second
      Then each of these was in memory at some time: alpha, bravo, charlie
      And never two of them at the same time

  @KRN-06 @property
  Rule: Whatever sleeps, wakes, starts and ends, no process loses an octet
    Source: 4.4BSD-Lite2, vm/vm_glue.c

    Scenario: Generated lives
      Then the property "swapped processes keep their memory" holds
