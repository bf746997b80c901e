@cap:file-system
Feature: Files
  A file is a row of octets that grows as it is written. It is used through open files, each of which
  has an offset of its own, and it lives as long as it has a name or is open.

  @KRN-07 @must
  Rule: A file is created with O_CREAT, and holds what is written to it
    Source: POSIX.1, open(); Linux 2.6.11, fs/namei.c, open_namei()

    Scenario: A new file is empty
      Given /note was opened with O_RDWR O_CREAT
      Then /note is a file of 0 octets with 1 name

    Scenario: What is written can be read
      Given /note was opened with O_WRONLY O_CREAT
      When 01 02 03 are written to the file
      Then 3 octets were written
      And /note holds 01 02 03

    Scenario: Without O_CREAT there has to be a file
      When /note is opened with O_RDWR
      Then the call fails with ENOENT

    Scenario: With O_CREAT there may be one, which stays as it is
      Given file /note holds 01 02 03
      And /note was opened with O_RDWR O_CREAT
      Then /note holds 01 02 03

    Scenario: With O_EXCL there must be none
      Given file /note holds 01 02 03
      When /note is opened with O_RDWR O_CREAT O_EXCL
      Then the call fails with EEXIST
      And /note holds 01 02 03

    Scenario: With O_TRUNC it is emptied
      Given file /note holds 01 02 03
      And /note was opened with O_WRONLY O_TRUNC
      Then /note is a file of 0 octets with 1 name

    Scenario: One file knows nothing of another
      Given file /note holds 01 02 03
      And file /other holds 04 05
      Then /note holds 01 02 03
      And /other holds 04 05

    Scenario: Nor does one of many blocks
      Given a new file system of 512 blocks of 64 octets
      And file /note holds 3000 octets of 01
      And /other was opened with O_WRONLY O_CREAT
      When 3000 octets of 02 are written to the file
      Then /note holds 3000 octets of 01
      And /other holds 3000 octets of 02

    Scenario: A name that ends in a slash is that of a directory, and none is created
      When /note/ is opened with O_WRONLY O_CREAT
      Then the call fails with EISDIR
      And there is no /note

  @KRN-07 @must
  Rule: Reading begins at the offset, ends where the file ends, and moves the offset
    Source: POSIX.1, read(); Linux 2.6.11, mm/filemap.c, generic_file_read()

    Scenario Outline: <length> octets from offset <offset> of 5
      Given file /note holds 01 02 03 04 05
      And /note was opened with O_RDONLY
      And the file was moved by <offset> from SEEK_SET
      When <length> octets are read from the file
      Then <octets> come back

      Examples: Within the file
        | offset | length | octets         |
        | 0      | 3      | 01 02 03       |
        | 0      | 5      | 01 02 03 04 05 |
        | 3      | 2      | 04 05          |
        | 4      | 1      | 05             |

      Examples: As far as it reaches
        | offset | length     | octets         |
        | 0      | 6          | 01 02 03 04 05 |
        | 3      | 4294967295 | 04 05          |

      Examples: At the end and beyond
        | offset | length | octets    |
        | 5      | 1      | no octets |
        | 6      | 1      | no octets |
        | 5000   | 100    | no octets |

      Examples: Nothing asked for
        | offset | length | octets    |
        | 0      | 0      | no octets |

    Scenario: One read goes on where the last one ended
      Given file /note holds 01 02 03 04 05
      And /note was opened with O_RDONLY
      And 2 octets were read from the file
      When 2 octets are read from the file
      Then 03 04 come back
      And the offset of the file is 4

    Scenario: Only what was read moves the offset
      Given file /note holds 01 02 03 04 05
      And /note was opened with O_RDONLY
      And 100 octets were read from the file
      Then the offset of the file is 5

    Scenario: Each open file has an offset of its own
      Given file /note holds 01 02 03 04 05
      And /note was opened with O_RDONLY as "first"
      And /note was opened with O_RDONLY as "second"
      And 3 octets were read from file "first"
      When 1 octet is read from file "second"
      Then 01 comes back

  @KRN-07 @must
  Rule: Writing begins at the offset, replaces what is there, and lengthens the file beyond its end
    Source: POSIX.1, write(); Linux 2.6.11, mm/filemap.c, generic_file_write()

    Scenario Outline: <octets> written at offset <offset> of 3
      Given file /note holds 01 02 03
      And /note was opened with O_WRONLY
      And the file was moved by <offset> from SEEK_SET
      When <octets> are written to the file
      Then /note holds <result>

      Examples:
        | offset | octets      | result         |
        | 0      | AA          | AA 02 03       |
        | 1      | AA BB       | 01 AA BB       |
        | 2      | AA BB       | 01 02 AA BB    |
        | 3      | AA          | 01 02 03 AA    |
        | 0      | AA BB CC DD | AA BB CC DD    |
        | 4      | AA          | 01 02 03 00 AA |
        | 1      | no octets   | 01 02 03       |
        | 9      | no octets   | 01 02 03       |

    Scenario: One write goes on where the last one ended
      Given /note was opened with O_WRONLY O_CREAT
      And 01 02 were written to the file
      When 03 is written to the file
      Then /note holds 01 02 03
      And the offset of the file is 3

    Scenario: Another open file sees it at once
      Given file /note holds 01 02 03
      And /note was opened with O_RDONLY as "reader"
      And /note was opened with O_WRONLY as "writer"
      And AA BB CC DD were written to file "writer"
      When 10 octets are read from file "reader"
      Then AA BB CC DD come back

    Scenario: With O_APPEND every write goes to the end
      Given file /note holds 01 02 03
      And /note was opened with O_WRONLY O_APPEND as "log"
      And /note was opened with O_WRONLY as "writer"
      And 04 was written to file "log"
      And file "log" was moved by 0 from SEEK_SET
      When 05 is written to file "log"
      Then /note holds 01 02 03 04 05
      And the offset of file "log" is 5

  @KRN-07 @must
  Rule: An open file does only what it was opened for, and a closed one nothing
    Source: POSIX.1, read(), write(), close()

    Background:
      Given file /note holds 01 02 03

    Scenario: Reading one that is opened for writing
      Given /note was opened with O_WRONLY
      When 1 octet is read from the file
      Then the call fails with EBADF

    Scenario: Writing one that is opened for reading
      Given /note was opened with O_RDONLY
      When AA is written to the file
      Then the call fails with EBADF
      And /note holds 01 02 03

    Scenario: Reading one that is closed
      Given /note was opened with O_RDWR
      And the file was closed
      When 1 octet is read from the file
      Then the call fails with EBADF

    Scenario: Writing one that is closed
      Given /note was opened with O_RDWR
      And the file was closed
      When AA is written to the file
      Then the call fails with EBADF
      And /note holds 01 02 03

    Scenario: Closing one that is closed
      Given /note was opened with O_RDWR
      And the file was closed
      When the file is closed
      Then the call fails with EBADF

  @KRN-07 @must
  Rule: lseek moves the offset from the start, from where it is, or from the end
    Source: POSIX.1, lseek(); Linux 2.6.11, fs/read_write.c, generic_file_llseek()

    Scenario Outline: By <distance> from <whence>
      Given file /note holds 01 02 03 04 05
      And /note was opened with O_RDONLY
      And 2 octets were read from the file
      When the file is moved by <distance> from <whence>
      Then the offset is <offset>

      Examples: An offset of 2, a size of 5
        | distance | whence   | offset |
        | 0        | SEEK_SET | 0      |
        | 4        | SEEK_SET | 4      |
        | 5        | SEEK_SET | 5      |
        | 0        | SEEK_CUR | 2      |
        | 2        | SEEK_CUR | 4      |
        | -2       | SEEK_CUR | 0      |
        | 0        | SEEK_END | 5      |
        | -1       | SEEK_END | 4      |
        | -5       | SEEK_END | 0      |

      Examples: Beyond the end
        | distance | whence   | offset |
        | 6        | SEEK_SET | 6      |
        | 1000     | SEEK_CUR | 1002   |
        | 1        | SEEK_END | 6      |

    Scenario: The next read begins there
      Given file /note holds 01 02 03 04 05
      And /note was opened with O_RDONLY
      And the file was moved by -2 from SEEK_END
      When 1 octet is read from the file
      Then 04 comes back

    Scenario: Moving beyond the end lengthens nothing
      Given file /note holds 01 02 03
      And /note was opened with O_RDWR
      And the file was moved by 1000 from SEEK_END
      Then /note holds 01 02 03

  @KRN-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: An offset below zero is refused with EINVAL, and the offset stays
    Source: POSIX.1, lseek(); Linux 2.6.11, fs/read_write.c, generic_file_llseek()
    Variation: 4.4BSD does not look, see the next rule.

    Scenario Outline: By <distance> from <whence>
      Given file /note holds 01 02 03 04 05
      And /note was opened with O_RDONLY
      And 2 octets were read from the file
      When the file is moved by <distance> from <whence>
      Then the call fails with EINVAL
      And the offset of the file is 2

      Examples:
        | distance | whence   |
        | -1       | SEEK_SET |
        | -3       | SEEK_CUR |
        | -6       | SEEK_END |

  @KRN-07 @profile:bsd-4.4 @must
  Rule: An offset below zero is refused with EINVAL when something is read or written there
    Source: 4.4BSD-Lite2, kern/vfs_syscalls.c, lseek(); ufs/ufs/ufs_readwrite.c

    Scenario: lseek itself does not look
      Given file /note holds 01 02 03
      And /note was opened with O_RDONLY
      When the file is moved by -1 from SEEK_SET
      Then the offset is -1

    Scenario: Reading
      Given file /note holds 01 02 03
      And /note was opened with O_RDONLY
      And the file was moved by -1 from SEEK_SET
      When 1 octet is read from the file
      Then the call fails with EINVAL

    Scenario: Writing
      Given file /note holds 01 02 03
      And /note was opened with O_WRONLY
      And the file was moved by -1 from SEEK_SET
      When AA is written to the file
      Then the call fails with EINVAL
      And /note holds 01 02 03

  @KRN-07 @must
  Rule: What was never written reads as zeroes
    Source: POSIX.1, lseek(), the gap behind the end; 4.4BSD-Lite2, ufs/ufs/ufs_bmap.c

    Scenario: Between the old end and what is written beyond it
      Given file /note holds 01 02
      And /note was opened with O_WRONLY
      And the file was moved by 3 from SEEK_END
      And AA was written to the file
      Then /note holds 01 02 00 00 00 AA

    Scenario: A block that was never written
      Given a new file system of 512 blocks of 64 octets
      And /note was opened with O_RDWR O_CREAT
      And the file was moved by 128 from SEEK_SET
      And AA was written to the file
      And the file was moved by 0 from SEEK_SET
      When 100 octets are read from the file
      Then 100 octets of 00 come back

    Scenario: A block that belonged to another file before
      Given a new file system of 32 blocks of 64 octets
      And /secret was filled until there was no room
      And /secret was unlinked
      And /note was opened with O_RDWR O_CREAT
      And the file was moved by 63 from SEEK_SET
      And 01 was written to the file
      And the file was moved by 0 from SEEK_SET
      When 63 octets are read from the file
      Then 63 octets of 00 come back

  @KRN-07 @should
  Rule: A hole takes no blocks
    Source: 4.4BSD-Lite2, ufs/ufs/ufs_bmap.c; Linux 2.6.11, fs/minix/itree_common.c

    Scenario: An octet behind 156 blocks of nothing
      Given a new file system of 512 blocks of 64 octets
      And /note was opened with O_WRONLY O_CREAT
      And the room in the file system is noted
      And the file was moved by 10000 from SEEK_SET
      When AA is written to the file
      Then /note is a file of 10001 octets with 1 name
      And at least 1 block is taken
      And at most 4 blocks are taken

  @KRN-07 @must
  Rule: A file may be larger than its inode can name blocks
    Source: 4.4BSD-Lite2, ufs/ufs/ufs_bmap.c, indirect blocks

    Scenario Outline: An octet at <offset>
      Given a new file system of 512 blocks of 64 octets
      And /large was opened with O_RDWR O_CREAT
      And the file was moved by <offset> from SEEK_SET
      And AA BB were written to the file
      And the file was moved by <offset> from SEEK_SET
      When 9 octets are read from the file
      Then AA BB come back

      Examples: Where pointers of the inode end, in a block of pointers and behind it
        | offset |
        | 447    |
        | 448    |
        | 767    |
        | 768    |
        | 1471   |
        | 1472   |
        | 1791   |
        | 1792   |
        | 10000  |

    Scenario Outline: What is at <near> stays when something is written at <far>
      Given a new file system of 512 blocks of 64 octets
      And /large was opened with O_RDWR O_CREAT
      And the file was moved by <near> from SEEK_SET
      And 01 was written to the file
      And the file was moved by <far> from SEEK_SET
      And 02 was written to the file
      And the file was moved by <near> from SEEK_SET
      When 1 octet is read from the file
      Then 01 comes back

      Examples: Either side of where a block of pointers begins, with 7 pointers in the inode and 16 in a block
        | near | far  |
        | 0    | 448  |
        | 384  | 448  |
        | 448  | 1472 |
        | 1408 | 1472 |
        | 1472 | 2496 |

      Examples: The same place in several blocks of pointers
        | near | far  |
        | 1472 | 3520 |
        | 2496 | 4544 |
        | 1536 | 5632 |

    Scenario: All of it is read as it was written
      Given a new file system of 512 blocks of 64 octets
      And /large was opened with O_WRONLY O_CREAT
      When 5000 octets of 5A are written to the file
      Then 5000 octets were written
      And /large holds 5000 octets of 5A

    Scenario: And freed with it
      Given a new file system of 512 blocks of 64 octets
      And file /large holds no octets
      And the room in the file system is noted
      And file /large holds 5000 octets of 5A
      And file /large holds no octets
      Then there is as much room as was noted

  @KRN-07 @must
  Rule: ftruncate cuts a file off or fills it up with zeroes, and leaves the offset
    Source: POSIX.1, ftruncate(); 4.4BSD-Lite2, ufs/ffs/ffs_inode.c, ffs_truncate()

    Scenario Outline: 4 octets are made <length>
      Given file /note holds 01 02 03 04
      And /note was opened with O_WRONLY
      When the file is made <length> octets long
      Then /note holds <result>

      Examples:
        | length | result            |
        | 0      | no octets         |
        | 3      | 01 02 03          |
        | 4      | 01 02 03 04       |
        | 6      | 01 02 03 04 00 00 |

    Scenario: What was cut off does not come back
      Given file /note holds 01 02 03 04
      And /note was opened with O_WRONLY
      And the file was made 2 octets long
      When the file is made 4 octets long
      Then /note holds 01 02 00 00

    Scenario: Nor by writing behind it
      Given file /note holds 01 02 03 04
      And /note was opened with O_WRONLY
      And the file was made 1 octet long
      And the file was moved by 3 from SEEK_SET
      When AA is written to the file
      Then /note holds 01 00 00 AA

    Scenario: The offset may lie beyond the end afterwards
      Given file /note holds 01 02 03 04
      And /note was opened with O_RDWR
      And 3 octets were read from the file
      And the file was made 1 octet long
      When 1 octet is read from the file
      Then no octets come back
      And the offset of the file is 3

    Scenario: The blocks of what was cut off are free
      Given a new file system of 512 blocks of 64 octets
      And file /note holds 64 octets of 01
      And the room in the file system is noted
      And file /note holds 640 octets of 01
      And /note was opened with O_WRONLY
      When the file is made 64 octets long
      Then there is as much room as was noted
      And /note holds 64 octets of 01

    Scenario: A size below zero is refused
      Given file /note holds 01 02 03 04
      And /note was opened with O_WRONLY
      When the file is made -1 octets long
      Then the call fails with EINVAL
      And /note holds 01 02 03 04

    Scenario: An open file that may not write may not cut off either
      Given file /note holds 01 02 03 04
      And /note was opened with O_RDONLY
      When the file is made 0 octets long
      Then the call fails with EINVAL
      And /note holds 01 02 03 04

  @KRN-07 @must
  Rule: A file without a name lives until its last close
    Source: POSIX.1, unlink(); Linux 2.6.11, fs/inode.c, iput(); 4.4BSD-Lite2, ufs/ufs/ufs_inode.c, ufs_inactive()

    Scenario: It can still be read
      Given file /note holds 01 02 03
      And /note was opened with O_RDONLY
      And /note was unlinked
      When 10 octets are read from the file
      Then 01 02 03 come back
      And there is no /note

    Scenario: It can still be written
      Given file /note holds 01 02 03
      And /note was opened with O_RDWR
      And /note was unlinked
      And AA BB CC DD were written to the file
      And the file was moved by 0 from SEEK_SET
      When 10 octets are read from the file
      Then AA BB CC DD come back
      And the file has 4 octets and 0 names

    Scenario: The name is free for another file
      Given file /note holds 01 02 03
      And /note was opened with O_RDONLY as "old"
      And /note was unlinked
      And file /note holds AA
      When 10 octets are read from file "old"
      Then 01 02 03 come back
      And /note holds AA

    Scenario: Its blocks are taken as long as it is open
      Given a new file system of 512 blocks of 64 octets
      And file /note holds no octets
      And /note was opened with O_RDWR
      And the room in the file system is noted
      And 640 octets of 01 were written to the file
      When /note is unlinked
      Then at least 10 blocks are taken

    Scenario: The first of two closes takes nothing from the other
      Given file /note holds 01 02 03
      And /note was opened with O_RDONLY as "first"
      And /note was opened with O_RDONLY as "second"
      And /note was unlinked
      And file "first" was closed
      When 10 octets are read from file "second"
      Then 01 02 03 come back

    Scenario: They are free after the last of two closes
      Given a new file system of 512 blocks of 64 octets
      And file /other holds no octets
      And /other was unlinked
      And the room in the file system is noted
      And /note was opened with O_RDWR O_CREAT as "first"
      And /note was opened with O_RDWR as "second"
      And 640 octets of 01 were written to file "first"
      And /note was unlinked
      And file "first" was closed
      And 1 octet was read from file "second"
      When file "second" is closed
      Then there is as much room as was noted

  @KRN-07 @must
  Rule: A directory is opened for reading only
    Source: POSIX.1, open(), EISDIR; Linux 2.6.11, fs/namei.c, may_open()

    Scenario Outline: With <flags>
      Given directory /usr was made
      When /usr is opened with <flags>
      Then the call fails with EISDIR

      Examples:
        | flags           |
        | O_WRONLY        |
        | O_RDWR          |
        | O_RDWR O_TRUNC  |
        | O_WRONLY O_CREAT |

    Scenario: For reading
      Given directory /usr was made
      And /usr was opened with O_RDONLY
      When the file is closed
      Then /usr is a directory with 2 links

  @KRN-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A directory cannot be read like a file
    Source: Linux 2.6.11, fs/libfs.c, generic_read_dir(), EISDIR
    Variation: 4.4BSD reads the octets of its entries.

    Scenario: read
      Given directory /usr was made
      And /usr was opened with O_RDONLY
      When 64 octets are read from the file
      Then the call fails with EISDIR

  @KRN-07 @profile:bsd-4.4 @must
  Rule: A directory can be read like a file
    Source: 4.4BSD-Lite2, ufs/ufs/ufs_readwrite.c, which takes files, links and directories
    Variation: Linux refuses with EISDIR.

    Scenario: read
      Given directory /usr was made
      And /usr was opened with O_RDONLY
      When 8 octets are read from the file
      Then some octets come back

    Scenario: Nothing asked for of a directory
      Given directory /usr was made
      And /usr was opened with O_RDONLY
      When 0 octets are read from the file
      Then no octets come back
