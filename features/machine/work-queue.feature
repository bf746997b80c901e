@cap:machine
Feature: Work queues between the halves
  The top half queues a descriptor of what it wants and sleeps; the bottom half takes descriptors off the queue as its
  devices come to report, and wakes whoever waits for them. Nothing else passes between them.

  @WQ-01 @must
  Rule: Requests are completed in the order in which they were queued
    Source: 4.4BSD, kern/vfs_bio.c, biowait(), biodone(); Linux 2.6.11, drivers/scsi/scsi.c, scsi_done(), scsi_softirq()

    Scenario Outline: Three processes read; <first> asks first, then <second>, then <third>
      Given these programs:
        | alpha       | call read-a                | bravo       | call read-b                |
        | call read-a | enqueue blocka on requests | call read-b | enqueue blockb on requests |
        | mark alpha  | sleep on blocka            | mark bravo  | sleep on blockb            |
      And these programs:
        | charlie      | call read-c                |
        | call read-c  | enqueue blockc on requests |
        | mark charlie | sleep on blockc            |
      And these programs:
        | handler of disk    | softirq SCSI          |
        | raise softirq SCSI | dequeue from requests |
        |                    | wake it               |
      And alpha has priority <alpha>
      And bravo has priority <bravo>
      And charlie has priority <charlie>
      And line disk is raised after 20 steps
      And line disk is raised after 40 steps
      And line disk is raised after 60 steps
      When the machine runs
      Then the machine does:
        | who  | does               |
        | SCSI | takes <item-one>   |
        | SCSI | wakes <first>      |
        | SCSI | takes <item-two>   |
        | SCSI | wakes <second>     |
        | SCSI | takes <item-three> |
        | SCSI | wakes <third>      |
      And the marks are <first>, <second>, <third>
      And the run ends with nothing left to do

      Examples:
        | alpha | bravo | charlie | first   | second | third   | item-one | item-two | item-three |
        | 3     | 2     | 1       | alpha   | bravo  | charlie | blocka   | blockb   | blockc     |
        | 1     | 2     | 3       | charlie | bravo  | alpha   | blockc   | blockb   | blocka     |
        | 2     | 3     | 1       | bravo   | alpha  | charlie | blockb   | blocka   | blockc     |

  @WQ-01 @must
  Rule: A request is completed once, however often the device interrupts
    Source: 4.4BSD, kern/vfs_bio.c, biodone(), "dup biodone"; Linux 2.6.11, drivers/scsi/scsi.c, scsi_done()

    Scenario: Three interrupts for two requests
      Given these programs:
        | shell       | call submit               | handler of disk    | softirq SCSI          |
        | call submit | enqueue alpha on requests | raise softirq SCSI | dequeue from requests |
        | compute 20  | enqueue bravo on requests |                    |                       |
      And line disk is raised after 8 steps
      And line disk is raised after 12 steps
      And line disk is raised after 16 steps
      When the machine runs
      Then the machine does:
        | who  | does          |
        | SCSI | takes alpha   |
        | SCSI | takes bravo   |
        | SCSI | takes nothing |
      And nobody is left in queue requests

    Scenario: One interrupt for two requests
      Given these programs:
        | shell       | call submit               | handler of disk    | softirq SCSI          |
        | call submit | enqueue alpha on requests | raise softirq SCSI | dequeue from requests |
        | compute 20  | enqueue bravo on requests |                    |                       |
      And line disk is raised after 8 steps
      When the machine runs
      Then the machine does:
        | who  | does        |
        | SCSI | takes alpha |
      And bravo is left in queue requests

  @WQ-01 @must
  Rule: The handler only asks for the software interrupt, which then works through the queue
    Source: 4.4BSD, net/netisr.h, schednetisr(); Linux 2.6.11, drivers/scsi/scsi.c, scsi_done(), raise_softirq_irqoff()

    Scenario: Two interrupts, the second while the first one's request is being completed
      Given these programs:
        | shell       | call read-a               | cc          | call read-b               | make       |
        | call read-a | enqueue alpha on requests | call read-b | enqueue bravo on requests | compute 20 |
        | mark shell  | sleep on alpha            | mark cc     | sleep on bravo            | mark make  |
      And these programs:
        | handler of disk    | softirq SCSI          |
        | raise softirq SCSI | dequeue from requests |
        |                    | compute 2             |
        |                    | wake it               |
      And line disk is raised after 10 steps
      And line disk is raised after 12 steps
      When the machine runs
      Then the machine does:
        | who   | does        |
        | disk  | interrupts  |
        | SCSI  | starts      |
        | SCSI  | takes alpha |
        | disk  | interrupts  |
        | SCSI  | wakes shell |
        | SCSI  | starts      |
        | SCSI  | takes bravo |
        | SCSI  | wakes cc    |
        | make  | marks make  |
        | shell | marks shell |
        | cc    | marks cc    |

  @WQ-01 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: While the top half changes the queue it holds the software interrupt off
    Source: Linux 2.6.11, kernel/softirq.c, local_bh_enable()

    Scenario Outline: The disk interrupts in step <steps> of a call that queues a request
      Given these programs:
        | shell       | call submit               | handler of disk    | softirq SCSI          |
        | call submit | enqueue alpha on requests | mark disk          | dequeue from requests |
        | compute 5   | disable bottom halves     | raise softirq SCSI |                       |
        |             | enqueue bravo on requests |                    |                       |
        |             | enable bottom halves      |                    |                       |
        |             | mark enabled              |                    |                       |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the machine does:
        | who   | does          |
        | disk  | marks disk    |
        | SCSI  | takes alpha   |
        | shell | marks enabled |
      And bravo is left in queue requests

      Examples: Before, between the two halves of the addition, and behind it
        | steps |
        | 3     |
        | 4     |
        | 5     |
        | 6     |

  @WQ-01 @profile:notes @profile:bsd-4.4 @must
  Rule: While the top half changes the queue it holds the software interrupt off by its priority
    Source: 4.4BSD, hp300/include/psl.h, splnet(), splx()

    Scenario Outline: The disk interrupts in step <steps> of a call that queues a request
      Given these programs:
        | shell       | call submit               | handler of disk    | softirq SCSI          |
        | call submit | enqueue alpha on requests | mark disk          | dequeue from requests |
        | compute 5   | splnet                    | raise softirq SCSI |                       |
        |             | enqueue bravo on requests |                    |                       |
        |             | splx                      |                    |                       |
        |             | mark lowered              |                    |                       |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the machine does:
        | who   | does          |
        | disk  | marks disk    |
        | SCSI  | takes alpha   |
        | shell | marks lowered |
      And bravo is left in queue requests

      Examples: Before, between the two halves of the addition, and behind it
        | steps |
        | 3     |
        | 4     |
        | 5     |
        | 6     |

  @WQ-01 @property @must
  Rule: Whoever asks when, each request is completed exactly once, in the order of the queue, for the process that asked
    Source: 4.4BSD, kern/vfs_bio.c, biowait(), biodone(); Linux 2.6.11, drivers/scsi/scsi.c

    Scenario: Any number of processes
      Then the property "every request is completed exactly once, in the order of the queue" holds

  @WQ-02 @must
  Rule: A READ starts the device and sleeps; the interrupt completes it and wakes; the call delivers and returns
    Source: 4.4BSD, kern/vfs_bio.c, bread(), biowait(), biodone(); Linux 2.6.11, drivers/scsi/scsi.c, mm/filemap.c

    Scenario: Another process runs meanwhile
      Given these programs:
        | shell             | call read                 | cc        | handler of disk    | softirq SCSI          |
        | call read         | enqueue block on requests | compute 9 | set r0 to 42       | dequeue from requests |
        | peek r2 at 0x1000 | start disk for 6          | look      | store r0 in data   | wake it               |
        | look              | sleep on block            |           | raise softirq SCSI |                       |
        |                   | load r1 from data         |           |                    |                       |
        |                   | copy out r1 to 0x1000     |           |                    |                       |
        |                   | return 1                  |           |                    |                       |
      When the machine runs
      Then the machine does:
        | who   | does            |
        | shell | runs            |
        | shell | calls read      |
        | shell | sleeps on block |
        | cc    | runs            |
        | disk  | interrupts      |
        | disk  | ends            |
        | SCSI  | starts          |
        | SCSI  | takes block     |
        | SCSI  | wakes shell     |
        | SCSI  | ends            |
        | cc    | exits 0         |
        | shell | runs            |
        | shell | returns 1       |
        | shell | exits 0         |
        | idle  | runs            |
      And shell sees:
        | mode | r1 | r2 | result |
        | user | 0  | 42 | 1      |
      And cc sees:
        | r0 | r1 |
        | 0  | 0  |

    Scenario: Nobody runs meanwhile
      Given these programs:
        | shell             | call read                 | handler of disk    | softirq SCSI          |
        | call read         | enqueue block on requests | set r0 to 42       | dequeue from requests |
        | peek r2 at 0x1000 | start disk for 6          | store r0 in data   | wake it               |
        | look              | sleep on block            | raise softirq SCSI |                       |
        |                   | load r1 from data         |                    |                       |
        |                   | copy out r1 to 0x1000     |                    |                       |
        |                   | return 1                  |                    |                       |
      When the machine runs
      Then the machine does:
        | who   | does            |
        | shell | runs            |
        | shell | calls read      |
        | shell | sleeps on block |
        | idle  | runs            |
        | disk  | interrupts      |
        | disk  | ends            |
        | SCSI  | starts          |
        | SCSI  | takes block     |
        | SCSI  | wakes shell     |
        | SCSI  | ends            |
        | shell | runs            |
        | shell | returns 1       |
        | shell | exits 0         |
        | idle  | runs            |
      And shell sees:
        | mode | r2 | result |
        | user | 42 | 1      |

  @WQ-02 @must
  Rule: The data reach the process that has asked for them, and are there when its call returns
    Source: 4.4BSD, kern/vfs_bio.c, kern/kern_subr.c, uiomove(); Linux 2.6.11, mm/filemap.c, file_read_actor()

    Scenario: Two processes read, each with memory of its own at the same address
      Given these programs:
        | shell             | call read-alpha           | cc                | call read-bravo           |
        | call read-alpha   | enqueue alpha on requests | call read-bravo   | enqueue bravo on requests |
        | peek r0 at 0x1000 | sleep on alpha            | peek r0 at 0x1000 | sleep on bravo            |
        | look              | load r1 from alpha        | look              | load r1 from bravo        |
        |                   | copy out r1 to 0x1000     |                   | copy out r1 to 0x1000     |
        |                   | return 1                  |                   | return 1                  |
      And these programs:
        | handler of disk        |
        | dequeue from requests  |
        | load r0 from sector    |
        | store r0 in it         |
        | wake it                |
        | atomic add 1 to sector |
      And the variable sector is 41
      And line disk is raised after 12 steps
      And line disk is raised after 30 steps
      When the machine runs
      Then shell sees:
        | r0 | result |
        | 41 | 1      |
      And cc sees:
        | r0 | result |
        | 42 | 1      |

    Scenario Outline: The device takes <steps> steps
      Given these programs:
        | shell             | call read                        | handler of disk       |
        | call read         | enqueue block on requests        | dequeue from requests |
        | peek r2 at 0x1000 | start disk for <steps>           | set r0 to 42          |
        | look              | sleep on block until block is 42 | store r0 in it        |
        |                   | load r1 from block               | wake it               |
        |                   | copy out r1 to 0x1000            |                       |
        |                   | return 1                         |                       |
      When the machine runs
      Then shell sees:
        | mode | r2 | result |
        | user | 42 | 1      |
      And the run ends with nothing left to do

      Examples: It reports before the call sleeps, as it does, and after
        | steps |
        | 0     |
        | 1     |
        | 2     |
        | 100   |
