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
      Then this happens:
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
      Then this happens:
        | who   | does      |
        | shell | forks cc  |
        | cc    | exits 3   |
        | shell | returns 0 |
        | shell | returns 3 |
        | shell | exits 0   |
