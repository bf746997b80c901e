@cap:file-system
Feature: A file system without room
  A store has an end, and so has a file. Whoever comes to it is told, and what was there before is
  still there.

  @KRN-07 @must
  Rule: A file that cannot be made for want of room is refused with ENOSPC, and no name is left
    Source: POSIX.1, open(), mkdir(), ENOSPC

    Scenario: As many files as there is room for
      Given a new file system of 256 blocks of 512 octets
      When as many files are created as there is room for
      Then the call fails with ENOSPC
      And every file that could be created is listed, and no other

    Scenario: A store that has not even room for what tells of files
      When a file system of 16 blocks of 64 octets for 4096 files is made
      Then the call fails with ENOSPC

    Scenario: One of them goes, and another can come
      Given a new file system of 256 blocks of 512 octets
      And as many files were created as there is room for
      And /file-0 was unlinked
      And directory /usr was made
      Then /usr is a directory with 2 links

    Scenario: A directory needs room as well
      Given a new file system of 256 blocks of 512 octets
      And as many files were created as there is room for
      When directory /usr is made
      Then the call fails with ENOSPC
      And there is no /usr
      And / is a directory with 2 links

    Scenario: A directory for which there is no block
      Given a new file system of 64 blocks of 64 octets
      And directory /empty was made
      And directory /empty was removed
      And /big was filled until there was no room
      When directory /usr is made
      Then the call fails with ENOSPC
      And there is no /usr
      And / is a directory with 2 links

    Scenario: A file for whose name there is no block
      Given a new file system of 64 blocks of 64 octets
      And /big was filled until there was no room
      And the room in the file system is noted
      When /this-is-a-name-for-which-there-is-no-room is opened with O_WRONLY O_CREAT
      Then the call fails with ENOSPC
      And / lists big
      And there is as much room as was noted

    Scenario: A link for whose name there is no block
      Given a new file system of 64 blocks of 64 octets
      And file /note holds 01
      And /big was filled until there was no room
      When /note is linked as /this-is-a-name-for-which-there-is-no-room
      Then the call fails with ENOSPC
      And /note is a file of 1 octet with 1 name

    Scenario: A directory for which there is a part of the room
      Given a new file system of 64 blocks of 64 octets
      And file /small holds 64 octets of 01
      And /big was filled until there was no room
      And /small was unlinked
      And the room in the file system is noted
      When directory /usr is made
      Then the call fails with ENOSPC
      And there is as much room as was noted

  @KRN-07 @must
  Rule: A write that finds no room at all is refused with ENOSPC and changes nothing
    Source: POSIX.1, write(), ENOSPC

    Background:
      Given a new file system of 64 blocks of 64 octets
      And file /note holds 01 02 03
      And /other was opened with O_WRONLY O_CREAT
      And /big was filled until there was no room

    Scenario: It fails
      When AA is written to the file
      Then the call fails with ENOSPC
      And /other is a file of 0 octets with 1 name
      And the offset of the file is 0

    Scenario: What other files hold is still there
      When AA is written to the file
      Then the call fails with ENOSPC
      And /note holds 01 02 03

    Scenario: What a file has room for already can be written
      Given /note was opened with O_WRONLY
      When AA BB CC DD are written to the file
      Then 4 octets were written
      And /note holds AA BB CC DD

    Scenario: Room that is given back can be used
      Given /big was unlinked
      When 640 octets of AA are written to the file
      Then 640 octets were written
      And /other holds 640 octets of AA

  @KRN-07 @must
  Rule: What a write took before the room came to an end is not lost
    Source: Linux 2.6.11, fs/minix/itree_common.c, alloc_branch(); 4.4BSD-Lite2, ufs/ffs/ffs_inode.c, ffs_truncate()

    Scenario: A block is free, and a place far out may take one more for a pointer to it
      Given a new file system of 64 blocks of 64 octets
      And file /small holds 64 octets of 01
      And /note was opened with O_WRONLY O_CREAT
      And /big was filled until there was no room
      And /small was unlinked
      And the room in the file system is noted
      And the file was moved by 1472 from SEEK_SET
      When AA is written to the file
      And the file is made 0 octets long
      Then the file has 0 octets and 1 name
      And there is as much room as was noted

  @KRN-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A write that finds some room writes as much as fits, and says so
    Source: POSIX.1, write(); Linux 2.6.11, mm/filemap.c, generic_file_buffered_write()
    Variation: 4.4BSD undoes it.

    Scenario: Room for one block, asked for two
      Given a new file system of 64 blocks of 64 octets
      And file /small holds 64 octets of 01
      And /note was opened with O_WRONLY O_CREAT
      And /big was filled until there was no room
      And /small was unlinked
      When 128 octets of AA are written to the file
      Then 64 octets were written
      And /note holds 64 octets of AA
      And the offset of the file is 64

  @KRN-07 @profile:bsd-4.4 @must
  Rule: A write that finds some room but not enough is undone and refused with ENOSPC
    Source: 4.4BSD-Lite2, ufs/ufs/ufs_readwrite.c, IO_UNIT
    Variation: Linux writes as much as fits.

    Background:
      Given a new file system of 64 blocks of 64 octets
      And file /small holds 64 octets of 01
      And /note was opened with O_WRONLY O_CREAT
      And /big was filled until there was no room
      And /small was unlinked

    Scenario: Room for one block, asked for two
      When 128 octets of AA are written to the file
      Then the call fails with ENOSPC
      And /note is a file of 0 octets with 1 name
      And the offset of the file is 0

    Scenario: The one block is still free
      When 128 octets of AA are written to the file
      And 64 octets of AA are written to the file
      Then /note holds 64 octets of AA

  @KRN-07 @profile:bsd-4.4 @must
  Rule: What is undone of a long file is the write, and no more
    Source: 4.4BSD-Lite2, ufs/ffs/ffs_inode.c, ffs_truncate(), ffs_indirtrunc()

    Scenario Outline: A file of <octets> octets
      Given a new file system of 128 blocks of 64 octets
      And file /note holds <octets> octets of 01
      And file /small holds 64 octets of 02
      And /note was opened with O_WRONLY O_APPEND
      And /big was filled until there was no room
      And /small was unlinked
      When 128 octets of AA are written to the file
      Then the call fails with ENOSPC
      And /note holds <octets> octets of 01

      Examples: Few blocks, many, and more than a block has room to point to
        | octets |
        | 128    |
        | 1024   |
        | 2752   |

  @KRN-07 @must
  Rule: A file ends where the largest one does; beyond it, writing is refused with EFBIG
    Source: POSIX.1, write(), EFBIG; Linux 2.6.11, mm/filemap.c, generic_write_checks(), s_maxbytes

    Background:
      Given a new file system of 64 blocks of 64 octets
      And /note was opened with O_WRONLY O_CREAT

    Scenario: Its last octet can be written
      Given the file was moved to 1 octet before the end of the largest file
      When AA is written to the file
      Then 1 octet was written

    Scenario: The one behind it cannot
      Given the file was moved to 0 octets before the end of the largest file
      When AA is written to the file
      Then the call fails with EFBIG
      And /note is a file of 0 octets with 1 name

  @KRN-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A write across the end of the largest file writes what lies before it
    Source: Linux 2.6.11, mm/filemap.c, generic_write_checks()
    Variation: 4.4BSD refuses all of it.

    Scenario: One octet before, one behind
      Given a new file system of 64 blocks of 64 octets
      And /note was opened with O_WRONLY O_CREAT
      And the file was moved to 1 octet before the end of the largest file
      When AA BB are written to the file
      Then 1 octet was written

  @KRN-07 @profile:bsd-4.4 @must
  Rule: A write across the end of the largest file is refused with EFBIG
    Source: 4.4BSD-Lite2, ufs/ufs/ufs_readwrite.c, fs_maxfilesize
    Variation: Linux writes what lies before it.

    Scenario: One octet before, one behind
      Given a new file system of 64 blocks of 64 octets
      And /note was opened with O_WRONLY O_CREAT
      And the file was moved to 1 octet before the end of the largest file
      When AA BB are written to the file
      Then the call fails with EFBIG
      And /note is a file of 0 octets with 1 name

  @KRN-07 @should
  Rule: Nor can a file be made longer than the largest one
    Source: POSIX.1, ftruncate(), EFBIG; Linux 2.6.11, mm/memory.c, vmtruncate()

    Scenario: One octet longer
      Given file /note holds 01 02 03
      And /note was opened with O_WRONLY
      When the file is made 1 octet longer than the largest file
      Then the call fails with EFBIG
      And /note holds 01 02 03

  @KRN-07 @property
  Rule: A full store takes nothing that it was given, and does not say that it took what it did not
    Source: POSIX.1, write()

    Scenario: Generated calls
      Then the property "a full store takes nothing that it was given" holds
