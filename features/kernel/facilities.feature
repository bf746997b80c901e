Feature: The machine-independent part
  Four fifths of a kernel know nothing of the machine: the clock, processes, descriptors and the calls on them, support of
  memory, the file system, terminals, communication between processes, the network and accounting. Each has features of its
  own; here each shows that it is there.

  @KRN-03 @must
  Rule: Each machine-independent facility does what it is there for
    Source: 4.4BSD, kern/, vm/, ufs/ and net/, beside hp300/; Linux 2.6.11, kernel/, mm/, fs/, ipc/, net/ and drivers/, beside arch/

    @cap:jiffies
    Scenario: The clock counts a second
      Given a clock of HZ 100
      When 1 s pass
      Then the clock has ticked 100 times

    @cap:machine
    Scenario: A process makes another, and is told how it ended
      Given these programs:
        | shell      | cc         | call spawn | call wait        | call leave |
        | call spawn | call leave | fork cc    | wait for a child | exit 3     |
        | call wait  |            |            |                  |            |
      And cc is a child of shell
      When the machine runs
      Then the machine does:
        | who   | does      |
        | shell | forks cc  |
        | shell | returns 0 |
        | cc    | exits 3   |
        | shell | returns 3 |
        | shell | exits 0   |

    @cap:descriptor
    Scenario: A descriptor leads to what was opened, by the lowest number that is free
      When alice makes a pipe
      Then alice gets descriptors 0 and 1
      Given alice has written "x" to descriptor 1
      When alice reads up to 10 octets from descriptor 0
      Then alice gets "x"

    @cap:paging
    Scenario: Memory that is not there is brought in when it is touched
      Given a machine with 4 frames and 4 pages of swap
      And a file "text" with pages of AA, BB and CC
      And process "init" maps the file "text" read-only at 0x00001000
      When "init" reads 1 octet at 0x00001010
      Then it has BB
      And it went: fault, page-in from file, resume

    @cap:swapping
    Scenario: A process that sleeps makes room for one that does not
      Given a machine of 4 frames that swaps to 8 pages
      And process "editor" of 3 pages was started
      And "editor" went to sleep
      When process "compiler" of 3 pages is started
      Then these are in memory: compiler

    @cap:descriptor @cap:file-system
    Scenario: The generic calls on descriptors reach a file
      Given file /notes holds 61 62 63
      And alice has opened /notes with O_RDWR
      And alice has moved descriptor 0 by 1 from SEEK_SET
      When alice reads up to 10 octets from descriptor 0
      Then alice gets "bc"

    @cap:select @cap:descriptor
    Scenario: And tell which of several has something
      Given alice has made a pipe
      And alice has made a pipe
      And alice has written "x" to descriptor 3
      When alice selects reading 0, 2
      Then alice is told of reading 2

    @cap:file-system
    Scenario: A file keeps what is written to it
      Given /note was opened with O_WRONLY O_CREAT
      And 01 02 03 were written to the file
      Then /note holds 01 02 03

    @cap:line-discipline
    Scenario: A terminal makes lines of what is typed
      Given a terminal
      And the user has typed "lx^?s^M"
      When alice reads from the terminal
      Then alice gets "ls^J"

    @cap:pipe
    Scenario: A pipe takes octets from one process to another
      Given a pipe
      And bob sleeps in a read
      When alice writes "hi"
      Then bob gets "hi"

    @cap:input-queue
    Scenario: The network hands what arrives to the protocols, in order
      When a burst of 3 packets arrives
      Then 3 packets wait and 0 were dropped
      And run to its end the softirq processes packets 1 to 3 in order

    @cap:network @cap:udp
    Scenario: And takes a datagram from one socket to another
      Given interface eth0 at 10.0.0.1/24
      And alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.1:2000
      And alice has sent 01 02 03 to 10.0.0.1:2000
      When bob receives a datagram
      Then bob gets 01 02 03 from 10.0.0.1:1000

    @cap:machine
    Scenario: Processor time is charged to whoever used it
      Given these programs:
        | shell      | call work  |
        | compute 25 | compute 35 |
        | call work  |            |
      And the clock ticks every 10 steps
      When the machine runs
      Then shell is charged 2 ticks in user mode and 4 in kernel mode
