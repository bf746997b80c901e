@cap:file-system @cap:file-system-check
Feature: Consistency of the file system
  What a checker sees when it reads the whole store: each block has one owner or none, and the maps and
  the link counts say so.

  @KRN-07 @must
  Rule: A checker finds each file once, each directory, and nothing wrong
    Source: 4.4BSD-Lite2, sbin/fsck

    Background:
      Given directory /usr was made
      And directory /usr/bin was made
      And file /usr/bin/cat holds 2000 octets of 01
      And /usr/bin/cat was linked as /usr/cat
      And file /note holds 01 02 03

    Scenario: As it was made
      When the file system is checked
      Then 2 files and 3 directories are found, and nothing wrong

    Scenario: After names were taken away
      Given /usr/bin/cat was unlinked
      And directory /usr/bin was removed
      And /usr/cat was unlinked
      When the file system is checked
      Then 1 file and 2 directories are found, and nothing wrong

    Scenario: With a file that has no name but is open
      Given /note was opened with O_RDONLY
      And /note was unlinked
      When the file system is checked
      Then 1 file and 3 directories are found, and nothing wrong

    Scenario: After it was closed
      Given /note was opened with O_RDONLY
      And /note was unlinked
      And the file was closed
      When the file system is checked
      Then 1 file and 3 directories are found, and nothing wrong

    Scenario: After names were changed
      Given /usr/bin was renamed to /bin
      And /note was renamed to /bin/cat
      When the file system is checked
      Then 2 files and 3 directories are found, and nothing wrong

    Scenario Outline: After a file of <octets> octets was cut to <length>
      Given a new file system of 512 blocks of 64 octets
      And file /big holds <octets> octets of 01
      And /big was opened with O_WRONLY
      And the file was made <length> octets long
      When the file system is checked
      Then 1 file and 1 directory are found, and nothing wrong

      Examples: Named in the inode, in a block of pointers, in blocks of those
        | octets | length |
        | 448    | 64     |
        | 448    | 0      |
        | 704    | 576    |
        | 4096   | 2000   |
        | 4096   | 0      |

  @KRN-07 @must
  Rule: Nor does it after the room came to an end
    Source: 4.4BSD-Lite2, sbin/fsck

    Scenario: What was refused has left nothing
      Given a new file system of 64 blocks of 64 octets
      And file /small holds 64 octets of 01
      And file /note holds 01 02 03
      And /note was opened with O_WRONLY
      And /big was filled until there was no room
      And directory /usr was refused for want of room
      And /small was unlinked
      When 640 octets of AA are written to the file
      And the file system is checked
      Then 2 files and 1 directory are found, and nothing wrong

  @KRN-07 @property
  Rule: Whatever is called, a checker finds what there is and nothing wrong
    Source: 4.4BSD-Lite2, sbin/fsck

    Scenario: Generated calls
      Then the property "a checker finds what is there and nothing wrong" holds

    Scenario: Generated calls on a small store
      Then the property "a checker finds nothing wrong with a full store" holds
