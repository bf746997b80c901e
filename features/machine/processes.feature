@cap:machine
Feature: Processes of the machine
  Many processes, one processor: the kernel gives it to the one of the highest priority, takes it away when that one
  sleeps or ends, and remembers what each was doing.

  @KRN-12 @must
  Rule: A parent that waits sleeps until its child has ended, and is told its status
    Source: 4.4BSD, kern/kern_exit.c, wait1(); Linux 2.6.11, kernel/exit.c, sys_wait4()

    Background:
      Given these programs:
        | shell           | cc        | call spawn | call wait        | call leave |
        | call spawn      | compute 2 | fork cc    | wait for a child | exit 3     |
        | call wait       | call leave |           |                  |            |
      And cc is a child of shell

    Scenario: The child ends after the parent waits
      When the machine runs
      Then the machine does:
        | who   | does            |
        | shell | forks cc        |
        | shell | returns 0       |
        | shell | sleeps on child |
        | cc    | exits 3         |
        | shell | returns 3       |
        | shell | exits 0         |

    Scenario: The child ends before
      Given cc has priority 1
      When the machine runs
      Then the machine does:
        | who   | does      |
        | shell | forks cc  |
        | cc    | exits 3   |
        | shell | returns 0 |
        | shell | returns 3 |
        | shell | exits 0   |

  @KRN-12 @must
  Rule: Each child is waited for once, and without a child there is nothing to wait for
    Source: 4.4BSD, kern/kern_exit.c, wait1(), ECHILD; Linux 2.6.11, kernel/exit.c, sys_wait4()

    Scenario: Two children
      Given these programs:
        | shell      | one        | two          | call spawn | call wait        |
        | call spawn | call leave | call forsake | fork one   | wait for a child |
        | call wait  |            |              | fork two   |                  |
        | call wait  |            |              |            |                  |
        | call wait  |            |              |            |                  |
        | look       |            |              |            |                  |
      And these programs:
        | call leave | call forsake |
        | exit 3     | exit 255     |
      And one is a child of shell
      And two is a child of shell
      When the machine runs
      Then the machine does:
        | who   | does           |
        | shell | forks one      |
        | shell | forks two      |
        | shell | returns 0      |
        | one   | exits 3        |
        | two   | exits 255      |
        | shell | returns 3      |
        | shell | returns 255    |
        | shell | returns ECHILD |
        | shell | exits 0        |
      And shell sees:
        | result | errno  |
        | -1     | ECHILD |

    Scenario: A process without children
      Given these programs:
        | shell     | call wait        |
        | call wait | wait for a child |
        | look      |                  |
      When the machine runs
      Then shell sees:
        | result | errno  |
        | -1     | ECHILD |

    Scenario: A child of somebody else is not told of
      Given these programs:
        | shell      | editor    | one       | call spawn | call wait        |
        | call spawn | call wait | compute 2 | fork one   | wait for a child |
        | call wait  | look      |           |            |                  |
      And one is a child of shell
      When the machine runs
      Then editor sees:
        | result | errno  |
        | -1     | ECHILD |

    Scenario: A child that is not there yet is nothing to wait for
      Given these programs:
        | shell      | child      | call wait        | call spawn |
        | call wait  | mark child | wait for a child | fork child |
        | look       |            |                  |            |
        | call spawn |            |                  |            |
      And child is a child of shell
      When the machine runs
      Then shell sees:
        | result | errno  |
        | -1     | ECHILD |
      And the marks are child

    Scenario: The end of a child is no wake-up for a parent that waits for something else
      Given these programs:
        | shell      | child     | call spawn      |
        | call spawn | compute 2 | fork child      |
        |            |           | sleep on buffer |
      And child is a child of shell
      When the machine runs
      Then the run ends with everybody asleep
      And shell waits for buffer

  @KRN-12 @must
  Rule: A process is created by another, with nothing of its registers, and runs on its own
    Source: 4.4BSD, kern/kern_fork.c, fork1(); Linux 2.6.11, kernel/fork.c, do_fork()

    Scenario: The child runs beside the parent
      Given these programs:
        | shell       | child      | call spawn |
        | set r0 to 7 | look       | fork child |
        | call spawn  | mark child |            |
        | look        |            |            |
        | mark shell  |            |            |
      And child is a child of shell
      When the machine runs
      Then the machine does:
        | who   | does        |
        | shell | runs        |
        | shell | forks child |
        | shell | marks shell |
        | shell | exits 0     |
        | child | runs        |
        | child | marks child |
        | child | exits 0     |
        | idle  | runs        |
      And shell sees:
        | r0 |
        | 7  |
      And child sees:
        | mode | current | r0 |
        | user | child   | 0  |

    Scenario: It does not run before it is created
      Given these programs:
        | shell      | child      |
        | mark shell | mark child |
      And child is a child of shell
      When the machine runs
      Then the marks are shell

    Scenario: To create it twice is a bug
      Given these programs:
        | shell      | child      | call spawn |
        | call spawn | mark child | fork child |
        | call spawn |            |            |
      And child is a child of shell
      When the machine runs
      Then the run ends at a bug

  @KRN-12 @must
  Rule: A process runs, sleeps until it is woken, runs again and ends
    Source: 4.4BSD, kern/kern_synch.c, tsleep(), wakeup(), kern_exit.c, exit1(); Linux 2.6.11, kernel/sched.c, kernel/exit.c

    Scenario: Its whole life
      Given these programs:
        | init       | shell      | call spawn | call read       | call leave | handler of disk |
        | call spawn | call read  | fork shell | sleep on buffer | exit 4     | wake buffer     |
        | call wait  | call leave |            |                 |            |                 |
        |            | mark never |            |                 |            |                 |
      And these programs:
        | call wait        |
        | wait for a child |
      And shell is a child of init
      And line disk is raised after 12 steps
      When the machine runs
      Then the machine does:
        | who   | does             |
        | init  | runs             |
        | init  | forks shell      |
        | init  | sleeps on child  |
        | shell | runs             |
        | shell | sleeps on buffer |
        | idle  | runs             |
        | disk  | wakes shell      |
        | shell | runs             |
        | shell | exits 4          |
        | init  | runs             |
        | init  | exits 0          |
        | idle  | runs             |
      And the marks are nobody
      And the run ends with nothing left to do

    Scenario: A wake-up is not for those who do not sleep
      Given these programs:
        | shell     | call read       | handler of disk |
        | call read | compute 4       | wake buffer     |
        |           | sleep on buffer |                 |
      And line disk is raised after 2 steps
      When the machine runs
      Then the run ends with everybody asleep
      And shell waits for buffer

    Scenario: All that sleep on a channel are woken, and nobody else
      Given these programs:
        | alice     | bob       | carol    | call read       | call key     | handler of disk |
        | call read | call read | call key | sleep on buffer | sleep on key | wake buffer     |
      And line disk is raised after 9 steps
      When the machine runs
      Then the machine does:
        | who   | does             |
        | alice | sleeps on buffer |
        | bob   | sleeps on buffer |
        | carol | sleeps on key    |
        | disk  | wakes alice      |
        | disk  | wakes bob        |
        | alice | exits 0          |
        | bob   | exits 0          |
      And carol waits for key

  @KRN-12 @must
  Rule: The runnable process of the highest priority runs; equals run in the order in which they became runnable
    Source: 4.4BSD, kern/kern_synch.c, setrunqueue(), mi_switch(); Linux 2.6.11, kernel/sched.c, enqueue_task(), schedule()

    Scenario: Three priorities
      Given these programs:
        | low      | high      | middle      |
        | mark low | mark high | mark middle |
      And low has priority 1
      And high has priority 99
      And middle has priority 50
      When the machine runs
      Then the marks are high, middle, low

    Scenario: Equals
      Given these programs:
        | alice      | bob      | carol      |
        | mark alice | mark bob | mark carol |
      When the machine runs
      Then the marks are alice, bob, carol

    Scenario: Who was preempted goes on before its equals
      Given these programs:
        | editor      | shell     | make      | call rest    | handler of tty |
        | call rest   | compute 4 | mark make | sleep on key | wake key       |
        | mark editor | mark shell |          |              |                |
      And editor has priority 1
      And line tty is raised after 4 steps
      When the machine runs
      Then the marks are editor, shell, make

    Scenario: Who has used up its quantum goes behind its equals
      Given these programs:
        | shell      | make      |
        | compute 4  | mark make |
        | mark shell |           |
      And the clock ticks every 3 steps, with a quantum of 1 tick
      When the machine runs
      Then the marks are make, shell

    Scenario: Those of higher priority than an expired quantum do not give way to those of lower
      Given these programs:
        | shell      | make      |
        | compute 9  | mark make |
        | mark shell |           |
      And shell has priority 1
      And the clock ticks every 3 steps, with a quantum of 1 tick
      When the machine runs
      Then the marks are shell, make

    Scenario: An equal that is woken does not preempt
      Given these programs:
        | editor      | shell      | call rest    | handler of tty |
        | call rest   | compute 4  | sleep on key | wake key       |
        | mark editor | mark shell |              |                |
      And line tty is raised after 4 steps
      When the machine runs
      Then the marks are shell, editor
