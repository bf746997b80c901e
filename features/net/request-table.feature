@cap:network @cap:tcp @cap:tcp-queues @cap:tcp-tunables
Feature: Finding requests for a connection
  Each segment for a listening socket may belong to a request that waits there, so one is searched for. In a list all
  requests are looked at, in a hash table those of one chain.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And a route to 198.18.0.0/15 by 10.0.0.2

  @LSN-13 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: In a hash table a search looks at about as many requests as there are to a chain
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_search_req(), tcp_v4_synq_hash(); TCP_SYNQ_HSIZE

    Scenario: From an empty table to four thousand
      When requests that alice does not have are searched for among so many, in a table:
        | 0 | 64 | 256 | 1000 | 2000 | 4000 |
      Then in the table a search looks at no more than its load, give or take chance
      And the load of the table is at most 8

    Scenario: A table and a list
      When requests that alice does not have are searched for among so many, in a table and in a list:
        | 0 | 50 | 100 | 200 | 400 | 800 |
      Then in the table a search looks at no more than its load, give or take chance
      And in the list a search looks at all

    Scenario Outline: <waiting> requests wait
      Given requests are kept in a table
      And alice listens at 10.0.0.1:80 for any number of requests
      And attackers have sent <waiting> SYNs to 10.0.0.1:80
      When requests at 10.0.0.1:80 that alice does not have are searched for
      Then a search looks at no more than <most> requests

      Examples: 512 chains at least
        | waiting | most |
        | 0       | 0    |
        | 500     | 2    |
        | 2000    | 5    |

    Scenario: A request is found among many
      Given requests are kept in a table
      And alice listens at 10.0.0.1:80 for any number of requests
      And attackers have sent 500 SYNs to 10.0.0.1:80
      And the SYNs of peers 1 have been answered
      And attackers have sent 500 SYNs to 10.0.0.1:80
      When peers 1 complete their handshakes, in that order
      Then alice accepts peers 1, in that order

  @LSN-15 @must
  Rule: In a list a search takes longer the more requests wait
    Source: 4.4BSD, netinet/in_pcb.c, in_pcblookup(), which walks one list

    Scenario Outline: <waiting> requests wait
      Given requests are kept in a list
      And alice listens at 10.0.0.1:80 for any number of requests
      And attackers have sent <waiting> SYNs to 10.0.0.1:80
      When requests at 10.0.0.1:80 that alice does not have are searched for
      Then a search looks at <waiting> requests

      Examples:
        | waiting |
        | 0       |
        | 1       |
        | 10      |
        | 100     |
        | 1000    |

    Scenario: A sweep up to a thousand
      When requests that alice does not have are searched for among so many, in a list:
        | 0 | 50 | 100 | 200 | 400 | 800 | 1000 |
      Then in the list a search looks at all

  @LSN-15 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A bound on the queue bounds the search
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_synq_is_full()

    Scenario Outline: <attempts> SYNs, and room for 64
      Given requests are kept in a list
      And maxSynBacklog is 64
      And synCookies is 0
      And alice listens at 10.0.0.1:80 with a backlog of 128
      And attackers have sent <attempts> SYNs to 10.0.0.1:80
      When requests at 10.0.0.1:80 that alice does not have are searched for
      Then a search looks at no more than 64 requests

      Examples:
        | attempts |
        | 64       |
        | 1000     |
        | 3000     |

  @LSN-15 @must @profile:bsd-4.4
  Rule: The backlog bounds the search
    Source: 4.4BSD, kern/uipc_socket2.c, sonewconn1()

    Scenario: 1000 SYNs, and a backlog of 5
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And attackers have sent 1000 SYNs to 10.0.0.1:80
      When requests at 10.0.0.1:80 that alice does not have are searched for
      Then a search looks at no more than 8 requests
