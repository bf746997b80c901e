@cap:pipe
Feature: What a pipe holds
  How much fits into a pipe is the system's own choice. Linux gives it pages, so that it depends on the sizes of the
  writes; 4.4BSD makes a pipe of two connected sockets and gives these one buffer.

  @KRN-09 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A pipe holds 16 pages of 4096 octets, and how many octets that is depends on the sizes of the writes
    Source: Linux 2.6.11, fs/pipe.c, pipe_writev(), PIPE_BUFFERS; Linux 6.18, PIPE_DEF_BUFFERS

    Scenario Outline: Writes of <length> octets fill it when there are <times>
      Given a pipe
      And the pipe holds <times> writes of <length> octets of 61
      When alice writes <length> octets of 62 without blocking
      Then the call of alice fails with EAGAIN
      And the pipe holds <held> octets

      Examples: By how many fit into a page
        | length | times | held  | a page holds |
        | 4096   | 16    | 65536 | one          |
        | 4095   | 16    | 65520 | one          |
        | 2049   | 16    | 32784 | one          |
        | 2048   | 32    | 65536 | two          |
        | 1366   | 32    | 43712 | two          |
        | 1365   | 48    | 65520 | three        |
        | 1024   | 64    | 65536 | four         |

    Scenario: One write that fills it
      Given a pipe
      When alice writes 65536 octets of 61
      Then alice has put 65536 octets in

    Scenario: One octet more does not fit
      Given a pipe
      When alice writes 65537 octets of 61 without blocking
      Then alice has put 65536 octets in

  @KRN-09 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: The odd tail of a write goes behind what the last page holds if it fits there, else into a new page
    Source: Linux 2.6.11, fs/pipe.c, pipe_writev(), "merge small writes"

    Scenario Outline: Behind 15 full pages and one of <before> octets, <length> more
      Given a pipe
      And the pipe holds 15 writes of 4096 octets of 78
      And alice has written <before> octets of 61
      When alice writes <length> octets of 62 without blocking
      Then alice has put <length> octets in
      And the pipe holds <held> octets

      Examples: All of it fits into the last page
        | before | length | held  |
        | 1      | 4095   | 65536 |
        | 4095   | 1      | 65536 |
        | 2048   | 2048   | 65536 |

    Scenario Outline: Behind 15 full pages and one of <before> octets, <length> do not fit
      Given a pipe
      And the pipe holds 15 writes of 4096 octets of 78
      And alice has written <before> octets of 61
      When alice writes <length> octets of 62 without blocking
      Then the call of alice fails with EAGAIN

      Examples:
        | before | length |
        | 1      | 4096   |
        | 4096   | 1      |
        | 2048   | 2049   |

    Scenario: The tail of a long write fits, the whole pages of it do not
      Given a pipe
      And the pipe holds 15 writes of 4096 octets of 78
      And alice has written 96 octets of 61
      When alice writes 9192 octets of 62 without blocking
      Then alice has put 1000 octets in

    Scenario: The tail of a long write goes in first, and its octets stay in their order
      Given a pipe
      And alice has written "abc"
      And alice has written 4 octets of 64 and 4096 octets of 65
      When bob reads up to 8 octets
      Then bob gets "abcdddde"

    Scenario: What was read of the last page makes no room in it
      Given a pipe
      And the pipe holds 15 writes of 4096 octets of 78
      And alice has written 4000 octets of 61
      And bob has read 65000 octets
      When alice writes 4096 octets of 62
      Then alice has put 4096 octets in
      And the pipe holds 4536 octets

  @KRN-09 @profile:bsd-4.4 @must
  Rule: A pipe is a pair of sockets with a buffer of 4096 octets, and who does not get all in waits for 2048 to be free
    Source: 4.4BSD-Lite2, kern/uipc_usrreq.c, PIPSIZ; kern/uipc_socket.c, sosend(), so_snd.sb_lowat = MCLBYTES

    Scenario: A write that fills it
      Given a pipe
      When alice writes 4096 octets of 61
      Then alice has put 4096 octets in

    Scenario: One octet more does not fit
      Given a pipe
      When alice writes 4097 octets of 61 without blocking
      Then alice has put 4096 octets in

    Scenario Outline: A write of 2048 octets <ends> when <count> were read from a full pipe
      Given a pipe
      And the pipe holds 1 write of 4096 octets of 78
      And alice sleeps in a write of 2048 octets of 61
      When bob reads up to <count> octets
      Then alice <ends>

      Examples:
        | count | ends           |
        | 2047  | sleeps         |
        | 2048  | sleeps no more |

    Scenario Outline: Behind <before> octets, <length> more
      Given a pipe
      And the pipe holds 1 write of <before> octets of 78
      When alice writes <length> octets of 61 without blocking
      Then alice has put <length> octets in

      Examples: All of it fits, though fewer than 2048 are free
        | before | length |
        | 3000   | 100    |
        | 3000   | 1096   |
        | 4095   | 1      |

  @KRN-09 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @property
  Rule: What any sequence of writes and reads leaves room for follows from the pages alone
    Source: Linux 2.6.11, fs/pipe.c

    Scenario: Random writes and reads, the pages counted
      Then the property "a pipe has room as its pages have" holds
