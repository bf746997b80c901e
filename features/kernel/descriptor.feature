@cap:descriptor
Feature: Descriptors
  Whatever a task has open, a file, a pipe, a terminal or a device, it names by a small number. A task begins with nothing
  open.

  @KRN-13 @must
  Rule: A new descriptor has the lowest number that is free
    Source: POSIX.1-2001, open(), dup(), pipe(); Linux 2.6.11, fs/open.c, get_unused_fd(); 4.4BSD, kern/kern_descrip.c, fdalloc()

    Scenario: The first is 0
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 0

    Scenario: Then they count up
      Given alice has opened /dev/null 3 times
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 3

    Scenario Outline: <closed> of four was closed
      Given alice has opened /dev/null 4 times
      And alice has closed descriptor <closed>
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor <closed>
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 4

      Examples:
        | closed |
        | 0      |
        | 1      |
        | 3      |

    Scenario: Two were closed, the higher one first
      Given alice has opened /dev/null 4 times
      And alice has closed descriptor 2
      And alice has closed descriptor 1
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 1
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 2
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 4

    Scenario: A duplicate
      Given alice has opened /dev/null 4 times
      And alice has closed descriptor 1
      When alice duplicates descriptor 3
      Then alice gets descriptor 1

    Scenario Outline: A pipe when <first> and <second> of four were closed
      Given alice has opened /dev/null 4 times
      And alice has closed descriptor <first>
      And alice has closed descriptor <second>
      When alice makes a pipe
      Then alice gets descriptors <reader> and <writer>

      Examples: The reading end gets the lower number
        | first | second | reader | writer |
        | 1     | 3      | 1      | 3      |
        | 1     | 0      | 0      | 1      |
        | 0     | 2      | 0      | 2      |

    Scenario: A number far up is no reason to go on behind it
      Given alice has opened /dev/null with O_RDWR
      And alice has duplicated descriptor 0 as 15
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 1

    Scenario: What could not be opened takes no number
      Given alice has opened /dev/null with O_RDWR
      When alice opens /dev/missing with O_RDWR
      Then the call fails with ENXIO
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 1

    Scenario: Each task has numbers of its own
      Given alice has opened /dev/null 3 times
      When bob opens /dev/null with O_RDWR
      Then bob gets descriptor 0

    @cap:file-system @cap:line-discipline @cap:character-device
    Scenario: Files, terminals, devices and pipes are in one space
      Given a device /dev/gadget
      When alice opens /notes with O_RDWR O_CREAT
      Then alice gets descriptor 0
      When alice opens /dev/tty-console with O_RDWR
      Then alice gets descriptor 1
      When alice opens /dev/gadget with O_RDWR
      Then alice gets descriptor 2
      When alice makes a pipe
      Then alice gets descriptors 3 and 4

  @KRN-13 @must
  Rule: dup2 gives the number that is asked for, and closes what has it
    Source: POSIX.1-2001, dup2(); Linux 2.6.11, fs/fcntl.c, sys_dup2(); 4.4BSD, kern/kern_descrip.c, dup2()

    Background:
      Given alice has made a pipe
      And alice has written "hello" to descriptor 1

    Scenario: A number that is free
      When alice duplicates descriptor 0 as 9
      Then alice gets descriptor 9
      When alice reads up to 10 octets from descriptor 9
      Then alice gets "hello"

    Scenario: A number that is taken
      Given alice has opened /dev/null with O_RDWR
      When alice duplicates descriptor 0 as 2
      Then alice gets descriptor 2
      When alice reads up to 10 octets from descriptor 2
      Then alice gets "hello"

    Scenario: What had the number is closed
      Given alice has opened /dev/null with O_RDWR
      And alice has duplicated descriptor 2 as 1
      And alice has read 5 octets from descriptor 0
      When alice reads up to 10 octets from descriptor 0
      Then alice gets end of file

    Scenario: Its own number, which stays open
      When alice duplicates descriptor 0 as 0
      Then alice gets descriptor 0
      When alice reads up to 10 octets from descriptor 0
      Then alice gets "hello"

    Scenario: A descriptor that is not open closes nothing
      When alice duplicates descriptor 7 as 0
      Then the call fails with EBADF
      When alice reads up to 10 octets from descriptor 0
      Then alice gets "hello"

    Scenario Outline: No task can have descriptor <number>
      Given alice was limited to 20 descriptors
      When alice duplicates descriptor 0 as <number>
      Then the call fails with EBADF
      When alice duplicates descriptor 0 as 19
      Then alice gets descriptor 19

      Examples:
        | number |
        | -1     |
        | 20     |
        | 1000   |

  @KRN-13 @cap:file-system @must
  Rule: Descriptors that were made by dup or fork share the offset of the file; two opens have one each
    Source: POSIX.1-2001, dup(), fork(), open(); Linux 2.6.11, struct file, f_pos; 4.4BSD, sys/file.h, f_offset

    Background:
      Given file /notes holds 61 62 63 64 65 66
      And alice has opened /notes with O_RDWR

    Scenario: A duplicate reads on
      Given alice has duplicated descriptor 0
      And alice has read 2 octets from descriptor 0
      When alice reads up to 2 octets from descriptor 1
      Then alice gets "cd"
      When alice reads up to 2 octets from descriptor 0
      Then alice gets "ef"

    Scenario: A duplicate of a chosen number reads on
      Given alice has duplicated descriptor 0 as 5
      And alice has read 2 octets from descriptor 5
      When alice reads up to 2 octets from descriptor 0
      Then alice gets "cd"

    Scenario: A second open begins at the beginning
      Given alice has read 2 octets from descriptor 0
      And alice has opened /notes with O_RDWR
      When alice reads up to 2 octets from descriptor 1
      Then alice gets "ab"
      When alice reads up to 2 octets from descriptor 0
      Then alice gets "cd"

    Scenario: A child reads on, and then the parent
      Given alice has read 1 octet from descriptor 0
      And alice has forked bob
      When bob reads up to 2 octets from descriptor 0
      Then bob gets "bc"
      When alice reads up to 2 octets from descriptor 0
      Then alice gets "de"

    Scenario: The child moves it for the parent
      Given alice has forked bob
      And bob has moved descriptor 0 by -1 from SEEK_END
      When alice reads up to 2 octets from descriptor 0
      Then alice gets "f"

    Scenario: What the child opens the parent does not have
      Given alice has forked bob
      When bob opens /notes with O_RDWR
      Then bob gets descriptor 1
      When alice calls read on descriptor 1
      Then the call fails with EBADF

    Scenario: What is written through one is behind the offset of the other
      Given alice has duplicated descriptor 0
      And alice has written "XY" to descriptor 0
      When alice writes "Z" to descriptor 1
      Then /notes holds 58 59 5A 64 65 66

  @KRN-13 @must
  Rule: So do they share O_NONBLOCK
    Source: POSIX.1-2001, fcntl(), F_SETFL: file status flags are those of the open file description; dup(); fork()

    Background:
      Given alice has made a pipe

    Scenario: The duplicate of what does not block
      Given alice has duplicated descriptor 0
      And alice has set O_NONBLOCK of descriptor 0
      When alice reads up to 1 octet from descriptor 2
      Then the call fails with EAGAIN

    Scenario: The child of who set it
      Given alice has forked bob
      And alice has set O_NONBLOCK of descriptor 0
      When bob reads up to 1 octet from descriptor 0
      Then the call fails with EAGAIN

    Scenario: The other end is another open file
      Given alice has set O_NONBLOCK of descriptor 1
      When alice reads up to 1 octet from descriptor 0
      Then alice sleeps

    Scenario: What never set it
      When alice reads up to 1 octet from descriptor 0
      Then alice sleeps

  @KRN-13 @must
  Rule: The close of the last descriptor releases what is open, and no earlier one does
    Source: POSIX.1-2001, close(); Linux 2.6.11, fs/file_table.c, fput(); 4.4BSD, kern/kern_descrip.c, closef()

    Background:
      Given alice has made a pipe

    Scenario: The writing end of a pipe
      Given alice has closed descriptor 1
      When alice reads up to 1 octet from descriptor 0
      Then alice gets end of file

    Scenario: One of two descriptors of the writing end
      Given alice has duplicated descriptor 1
      And alice has closed descriptor 1
      When alice reads up to 1 octet from descriptor 0
      Then alice sleeps

    Scenario: Both
      Given alice has duplicated descriptor 1
      And alice has closed descriptor 1
      And alice has closed descriptor 2
      When alice reads up to 1 octet from descriptor 0
      Then alice gets end of file

    Scenario: A child has the writing end too
      Given alice has forked bob
      And alice has closed descriptor 1
      When alice reads up to 1 octet from descriptor 0
      Then alice sleeps

    Scenario: The child closes it, and the parent's read ends
      Given alice has forked bob
      And alice has closed descriptor 1
      And alice sleeps in a read of descriptor 0
      When bob closes descriptor 1
      Then alice gets end of file

    Scenario: The child exits, which closes all that it has
      Given alice has forked bob
      And alice has closed descriptor 1
      And alice sleeps in a read of descriptor 0
      When bob exits
      Then alice gets end of file

    Scenario: The parent goes on when the child has exited
      Given alice has forked bob
      And bob has exited
      And alice has written "still" to descriptor 1
      When alice reads up to 10 octets from descriptor 0
      Then alice gets "still"

    Scenario: The reading end of a pipe
      Given alice has closed descriptor 0
      When alice writes "lost" to descriptor 1
      Then the call fails with EPIPE
      And the signals of alice were SIGPIPE

    Scenario: One of two descriptors of the reading end
      Given alice has duplicated descriptor 0
      And alice has closed descriptor 0
      When alice writes "kept" to descriptor 1
      Then alice has put 4 octets in
      And the signals of alice were no signal

    Scenario: The number of a closed descriptor is another's
      Given alice has closed descriptor 0
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 0
      When alice reads up to 1 octet from descriptor 0
      Then alice gets end of file

  @KRN-13 @cap:file-system @must
  Rule: A file without a name gives its room back when its last descriptor is closed
    Source: POSIX.1-2001, unlink(), close(); Linux 2.6.11, fs/inode.c, iput(); 4.4BSD, ufs/ufs/ufs_inode.c, ufs_inactive()

    Background:
      Given a new file system of 64 blocks of 64 octets
      And file /other holds no octets
      And /other was unlinked
      And the room in the file system is noted
      And alice has opened /scratch with O_RDWR O_CREAT
      And alice has written 640 octets of 61 to descriptor 0

    Scenario: The one descriptor
      Given /scratch was unlinked
      When alice closes descriptor 0
      Then there is as much room as was noted

    Scenario: The first of two
      Given alice has duplicated descriptor 0
      And /scratch was unlinked
      When alice closes descriptor 0
      Then at least 10 blocks are taken
      When alice closes descriptor 1
      Then there is as much room as was noted

    Scenario: The parent's, and then the child's
      Given alice has forked bob
      And /scratch was unlinked
      And alice has closed descriptor 0
      And bob has moved descriptor 0 by 0 from SEEK_SET
      When bob reads up to 3 octets from descriptor 0
      Then bob gets "aaa"
      When bob closes descriptor 0
      Then there is as much room as was noted

    Scenario: Another takes its number
      Given alice has opened /dev/null with O_RDWR
      And /scratch was unlinked
      When alice duplicates descriptor 1 as 0
      Then there is as much room as was noted

  @KRN-13 @must
  Rule: Every call on a number that is no open descriptor fails with EBADF
    Source: POSIX.1-2001, read(), write(), lseek(), ioctl(), fcntl(), dup(), close(); Linux 2.6.11, fs/file_table.c, fget()

    Scenario Outline: <call> on a descriptor that was closed
      Given alice has opened /dev/null 2 times
      And alice has closed descriptor 1
      When alice calls <call> on descriptor 1
      Then the call fails with EBADF
      When alice duplicates descriptor 0
      Then alice gets descriptor 1

      Examples:
        | call  |
        | read  |
        | write |
        | lseek |
        | ioctl |
        | fcntl |
        | dup   |
        | dup2  |
        | close |

    Scenario Outline: <call> on descriptor <number>, which was never opened
      Given alice has opened /dev/null with O_RDWR
      When alice calls <call> on descriptor <number>
      Then the call fails with EBADF
      When alice calls write on descriptor 0
      Then alice has put 1 octet in

      Examples: Below zero
        | call  | number      |
        | read  | -1          |
        | write | -1          |
        | lseek | -1          |
        | ioctl | -1          |
        | fcntl | -1          |
        | dup   | -1          |
        | dup2  | -1          |
        | close | -1          |
        | read  | -2147483648 |

      Examples: Behind the last, behind any table
        | call  | number     |
        | read  | 1          |
        | write | 1          |
        | close | 1          |
        | dup   | 1024       |
        | read  | 2147483647 |
        | close | 2147483647 |

    Scenario: What another task has open
      Given alice has opened /dev/null with O_RDWR
      When bob calls read on descriptor 0
      Then the call fails with EBADF
      When alice calls write on descriptor 0
      Then alice has put 1 octet in

    Scenario: After exit there is nothing
      Given alice has opened /dev/null with O_RDWR
      And alice has exited
      When alice calls close on descriptor 0
      Then the call fails with EBADF
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 0

  @KRN-13 @must
  Rule: Reading what is open for writing only fails with EBADF, and so does writing what is open for reading only
    Source: POSIX.1-2001, read(), write(); Linux 2.6.11, fs/read_write.c, vfs_read(), vfs_write(); 4.4BSD, kern/sys_generic.c

    Scenario Outline: <call> with <mode>
      Given alice has opened /dev/null with <mode>
      When alice calls <call> on descriptor 0
      Then the call fails with EBADF
      When alice calls <other> on descriptor 0
      Then alice sleeps no more

      Examples:
        | call  | mode     | other |
        | read  | O_WRONLY | write |
        | write | O_RDONLY | read  |

    Scenario: With O_RDWR both succeed
      Given alice has opened /dev/null with O_RDWR
      When alice calls read on descriptor 0
      Then alice gets end of file
      When alice calls write on descriptor 0
      Then alice has put 1 octet in

    Scenario Outline: <call> on the <end> end of a pipe
      Given alice has made a pipe
      When alice calls <call> on descriptor <number>
      Then the call fails with EBADF

      Examples:
        | call  | end     | number |
        | read  | writing | 1      |
        | write | reading | 0      |

    Scenario: Nothing cannot be written there either
      Given alice has opened /dev/null with O_RDONLY
      When alice writes "" to descriptor 0
      Then the call of alice fails with EBADF

  @KRN-13 @must
  Rule: A task that has all the descriptors that it may have gets EMFILE, and nothing is left open
    Source: POSIX.1-2001, open(), dup(), pipe(), setrlimit(); Linux 2.6.11, fs/open.c, get_unused_fd(); 4.4BSD, kern/kern_descrip.c, fdalloc()

    Background:
      Given alice was limited to 20 descriptors

    Scenario: The last one
      Given alice has opened /dev/null 19 times
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 19

    Scenario Outline: <what> more than the last
      Given alice has opened /dev/null 20 times
      When alice <does>
      Then the call fails with EMFILE
      Given alice has closed descriptor 7
      When alice <does>
      Then alice gets descriptor 7

      Examples:
        | what | does                         |
        | open | opens /dev/null with O_RDWR  |
        | dup  | duplicates descriptor 3      |

    Scenario: Of two descriptors of a pipe only one would find room, and does not take it
      Given alice has opened /dev/null 19 times
      When alice makes a pipe
      Then the call fails with EMFILE
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 19

    Scenario: Both find room
      Given alice has opened /dev/null 18 times
      When alice makes a pipe
      Then alice gets descriptors 18 and 19

    Scenario: It is the number that counts, not how many there are
      Given alice has opened /dev/null with O_RDWR
      And alice has duplicated descriptor 0 as 19
      And alice has closed descriptor 0
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 0

    Scenario: dup2 needs no free number where it closes one
      Given alice has opened /dev/null 20 times
      When alice duplicates descriptor 3 as 19
      Then alice gets descriptor 19

    Scenario: Another task has a limit of its own
      Given alice has opened /dev/null 20 times
      When bob opens /dev/null with O_RDWR
      Then bob gets descriptor 0

    Scenario: A child has the limit of its parent
      Given alice has opened /dev/null 20 times
      And alice has forked bob
      When bob duplicates descriptor 0
      Then the call fails with EMFILE
      Given bob has closed descriptor 4
      When bob duplicates descriptor 0
      Then bob gets descriptor 4

    Scenario: With a higher limit it goes on
      Given alice has opened /dev/null 20 times
      And alice was limited to 21 descriptors
      When alice duplicates descriptor 0
      Then alice gets descriptor 20

    Scenario: What is open beyond a lower limit stays open
      Given alice was limited to 24 descriptors
      And alice has opened /dev/null 24 times
      And alice was limited to 20 descriptors
      When alice calls write on descriptor 23
      Then alice has put 1 octet in

    @cap:file-system
    Scenario: A file that could not be given a number is not made
      Given alice has opened /dev/null 20 times
      When alice opens /notes with O_RDWR O_CREAT
      Then the call fails with EMFILE
      Given alice has closed descriptor 0
      When alice opens /notes with O_RDWR O_CREAT O_EXCL
      Then alice gets descriptor 0

  @KRN-13 @must @cap:open-files
  Rule: When as many files are open in the whole system as may be, whoever asks for one more gets ENFILE
    Source: POSIX.1-2001, open(), pipe(), ENFILE; Linux 2.6.11, fs/file_table.c, get_empty_filp(); 4.4BSD, kern/kern_descrip.c, falloc()

    Background:
      Given the system was limited to 4 open files
      And bob has opened /dev/null 3 times

    Scenario: The last one, and no further
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 0
      And alice opens /dev/null with O_RDWR
      And the call fails with ENFILE

    Scenario: A pipe is two
      When alice makes a pipe
      Then the call fails with ENFILE
      And alice opens /dev/null with O_RDWR
      And alice gets descriptor 0

    Scenario: One more descriptor of what is open is none
      Given alice has opened /dev/null with O_RDWR
      When alice duplicates descriptor 0
      Then alice gets descriptor 1
      And bob duplicates descriptor 0
      And bob gets descriptor 3

    Scenario: What another closes is free again
      Given alice has opened /dev/null with O_RDWR
      And bob has closed descriptor 2
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 1

    Scenario: But only with the last of its descriptors
      Given alice has opened /dev/null with O_RDWR
      And bob has duplicated descriptor 2
      And bob has closed descriptor 2
      When alice opens /dev/null with O_RDWR
      Then the call fails with ENFILE
      Given bob has closed descriptor 3
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 1

    Scenario: A child has its parent's files open, not others
      Given bob has forked carl
      And bob has exited
      When alice makes a pipe
      Then the call fails with ENFILE
      Given carl has exited
      When alice makes a pipe
      Then alice gets descriptors 0 and 1

    @cap:file-system
    Scenario: Files beyond a lower limit stay open
      Given the system was limited to 1 open files
      When bob calls write on descriptor 2
      Then bob has put 1 octet in
      And alice opens /dev/null with O_RDWR
      And the call fails with ENFILE

  @KRN-13 @cap:file-system @property
  Rule: Whatever is opened, duplicated, forked and closed, each number leads where a table says
    Source: POSIX.1-2001, open(), dup(), dup2(), close(), fork(), pipe()

    Scenario: Random calls of three tasks
      Then the property "descriptors lead where a table says" holds
