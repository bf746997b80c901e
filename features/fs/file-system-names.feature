@cap:file-system
Feature: Names and directories
  A directory is a file that holds names, each of which leads to a file or to another directory. A path
  is a walk along such names.

  @KRN-07 @must
  Rule: mkdir makes a directory in which there is nothing but . and ..
    Source: POSIX.1, mkdir(); Linux 2.6.11, fs/namei.c, vfs_mkdir()

    Scenario: It is listed, and empty
      Given directory /usr was made
      Then / lists usr
      And /usr lists nothing

    Scenario: . is itself and .. is where it is
      Given directory /usr was made
      And directory /usr/bin was made
      Then in the list of /usr/bin, . is the number of /usr/bin
      And in the list of /usr/bin, .. is the number of /usr

    Scenario: In the root, both are the root
      Given directory /usr was made
      Then in the list of /, . is the number of /
      And in the list of /, .. is the number of /
      And / is not /usr

    Scenario: Each directory in it is one more link
      Given directory /usr was made
      And directory /usr/bin was made
      And directory /usr/lib was made
      And file /usr/note holds 01
      Then /usr is a directory with 4 links
      And /usr/bin is a directory with 2 links

    Scenario Outline: <path> is taken
      Given directory /usr was made
      And file /note holds 01 02 03
      When directory <path> is made
      Then the call fails with EEXIST

      Examples:
        | path   |
        | /usr   |
        | /usr/  |
        | /note  |
        | /      |
        | /usr/. |

    Scenario: Where it would lie has to be there
      When directory /usr/bin is made
      Then the call fails with ENOENT

    Scenario: And has to be a directory
      Given file /note holds 01 02 03
      When directory /note/bin is made
      Then the call fails with ENOTDIR

  @KRN-07 @must
  Rule: A path leads from the root along its names, of which . stays and .. goes back
    Source: POSIX.1, pathname resolution; Linux 2.6.11, fs/namei.c, link_path_walk()

    Background:
      Given directory /usr was made
      And directory /usr/bin was made
      And file /usr/bin/cat holds 01 02 03

    Scenario Outline: <path>
      Then <path> is the same as <meant>

      Examples: More slashes are one
        | path              | meant        |
        | //usr///bin//cat  | /usr/bin/cat |
        | /usr/bin/         | /usr/bin     |
        | //                | /            |

      Examples: . and ..
        | path                      | meant        |
        | /usr/./bin/./cat          | /usr/bin/cat |
        | /usr/bin/..               | /usr         |
        | /usr/bin/../..            | /            |
        | /usr/../usr/bin/../bin/cat | /usr/bin/cat |
        | /usr/bin/.                | /usr/bin     |

      Examples: There is nothing above the root
        | path             | meant |
        | /..              | /     |
        | /../../usr       | /usr  |

    Scenario Outline: <path> leads nowhere
      When <path> is looked up
      Then the call fails with ENOENT

      Examples:
        | path              |
        | /bin              |
        | /usr/sbin/cat     |
        | /usr/bin/dog      |
        | /usr/bin/ca       |
        | /usr/bin/cats     |
        | /usr/bin/CAT      |
        | /usr/sbin/../bin  |

    Scenario: The empty path leads nowhere
      When the empty path is looked up
      Then the call fails with ENOENT

    Scenario Outline: <path> goes through what is no directory
      When <path> is looked up
      Then the call fails with ENOTDIR

      Examples:
        | path               |
        | /usr/bin/cat/paws  |
        | /usr/bin/cat/      |
        | /usr/bin/cat/.     |
        | /usr/bin/cat/..    |

  @KRN-07 @must
  Rule: A name or a path that is too long is refused with ENAMETOOLONG
    Source: POSIX.1, pathname resolution; NAME_MAX, PATH_MAX

    Scenario: A name of the longest length
      Given a directory was made with a name 0 octets longer than the longest
      When a directory is made with a name 0 octets longer than the longest
      Then the call fails with EEXIST

    Scenario: Such a name is as good as any
      When a directory is made with a name 0 octets longer than the longest
      Then / is a directory with 3 links

    Scenario: One octet more
      When a directory is made with a name 1 octet longer than the longest
      Then the call fails with ENAMETOOLONG
      And / lists nothing

    Scenario: A path that is too long although its names are short
      When the root is looked up by a path 1 octet longer than the longest
      Then the call fails with ENAMETOOLONG

  @KRN-07 @must
  Rule: readdir gives each name in a directory once
    Source: POSIX.1, readdir(); Linux 2.6.11, fs/readdir.c

    Scenario: Files and directories, in any order
      Given directory /usr was made
      And directory /usr/bin was made
      And file /usr/note holds 01
      And file /usr/other holds no octets
      Then /usr lists bin, note, other

    Scenario: A name that was taken away is not there
      Given file /note holds 01
      And file /other holds 02
      And file /third holds 03
      When /other is unlinked
      Then / lists note, third

    Scenario: A name that came back is there once
      Given file /note holds 01
      And file /other holds 02
      And /note was unlinked
      And file /note holds 03
      Then / lists note, other

    Scenario: More names than fit in a block
      Given a new file system of 256 blocks of 64 octets
      And directory /many was made
      And 10 files are in /many
      Then /many lists all 10 of them

    Scenario: Each name is that of a file
      Given file /note holds 01
      And file /other holds 02
      Then in the list of /, note is the number of /note
      And in the list of /, other is the number of /other
      And /note is not /other

    Scenario: A file is no directory
      Given file /note holds 01
      When /note is listed
      Then the call fails with ENOTDIR

    Scenario: What is not there cannot be listed
      When /usr is listed
      Then the call fails with ENOENT

  @KRN-07 @must
  Rule: rmdir removes a directory that is empty
    Source: POSIX.1, rmdir(); Linux 2.6.11, fs/namei.c, vfs_rmdir()

    Scenario: It is gone, and its link with it
      Given directory /usr was made
      And directory /usr/bin was made
      When directory /usr/bin is removed
      Then there is no /usr/bin
      And /usr lists nothing
      And /usr is a directory with 2 links

    Scenario: Its room is free
      Given directory /bin was made
      And directory /bin was removed
      And the room in the file system is noted
      And directory /usr was made
      When directory /usr is removed
      Then there is as much room as was noted

    Scenario Outline: With <what> in it
      Given directory /usr was made
      And <scene>
      When directory /usr is removed
      Then the call fails with ENOTEMPTY
      And /usr lists <what>

      Examples:
        | what | scene                        |
        | note | file /usr/note holds 01      |
        | bin  | directory /usr/bin was made  |

    Scenario: What was in it went before
      Given directory /usr was made
      And file /usr/note holds 01
      And /usr/note was unlinked
      And directory /usr was removed
      Then there is no /usr

    Scenario: There is none
      When directory /usr is removed
      Then the call fails with ENOENT

    Scenario: It is a file
      Given file /note holds 01 02
      When directory /note is removed
      Then the call fails with ENOTDIR
      And /note holds 01 02

    Scenario: The root stays
      When directory / is removed
      Then the call fails with EBUSY

    Scenario: A directory is not removed by the name that it has in itself
      Given directory /usr was made
      When directory /usr/. is removed
      Then the call fails with EINVAL
      And / lists usr

  @KRN-07 @must
  Rule: unlink takes a name away, and the file with its last one
    Source: POSIX.1, unlink(); Linux 2.6.11, fs/namei.c, vfs_unlink()

    Scenario: The name is gone
      Given file /note holds 01 02 03
      When /note is unlinked
      Then there is no /note
      And / lists nothing

    Scenario: Nothing can be unlinked twice
      Given file /note holds 01 02 03
      And /note was unlinked
      When /note is unlinked
      Then the call fails with ENOENT

    Scenario: Its blocks are free
      Given a new file system of 512 blocks of 64 octets
      And file /other holds 01
      And /other was unlinked
      And the room in the file system is noted
      And file /note holds 2000 octets of 01
      When /note is unlinked
      Then there is as much room as was noted

    Scenario: Other names stay
      Given file /note holds 01 02 03
      And file /other holds 04
      When /note is unlinked
      Then / lists other
      And /other holds 04

    Scenario: A path through a file
      Given file /note holds 01 02 03
      When /note/other is unlinked
      Then the call fails with ENOTDIR

  @KRN-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: unlink refuses a directory with EISDIR
    Source: Linux 2.6.11, fs/namei.c, may_delete()
    Variation: POSIX.1 and 4.4BSD say EPERM.

    Scenario: It stays
      Given directory /usr was made
      When /usr is unlinked
      Then the call fails with EISDIR
      And / lists usr

  @KRN-07 @profile:bsd-4.4 @must
  Rule: unlink refuses a directory with EPERM
    Source: 4.4BSD-Lite2, kern/vfs_syscalls.c, unlink()
    Variation: Linux says EISDIR.

    Scenario: It stays
      Given directory /usr was made
      When /usr is unlinked
      Then the call fails with EPERM
      And / lists usr

  @KRN-07 @must
  Rule: link gives a file one more name, which is as good as the first
    Source: POSIX.1, link(); Linux 2.6.11, fs/namei.c, vfs_link()

    Scenario: Both lead to one file
      Given file /note holds 01 02 03
      And /note was linked as /copy
      Then /copy is the same as /note
      And /copy is a file of 3 octets with 2 names
      And / lists copy, note

    Scenario: What is written by one name is read by the other
      Given file /note holds 01 02 03
      And directory /usr was made
      And /note was linked as /usr/copy
      And file /usr/copy holds AA BB
      Then /note holds AA BB

    Scenario: The first name can go
      Given file /note holds 01 02 03
      And /note was linked as /copy
      When /note is unlinked
      Then /copy is a file of 3 octets with 1 name
      And /copy holds 01 02 03
      And there is no /note

    Scenario: The second name can go
      Given file /note holds 01 02 03
      And /note was linked as /copy
      When /copy is unlinked
      Then /note is a file of 3 octets with 1 name
      And /note holds 01 02 03

    Scenario: The new name has to be free
      Given file /note holds 01 02 03
      And file /other holds 04
      When /note is linked as /other
      Then the call fails with EEXIST
      And /other holds 04
      And /note is a file of 3 octets with 1 name

    Scenario: There has to be a file
      When /note is linked as /copy
      Then the call fails with ENOENT

    Scenario: A directory has one name only
      Given directory /usr was made
      When /usr is linked as /copy
      Then the call fails with EPERM
      And / lists usr

    Scenario: A name that ends in a slash is that of a directory
      Given file /note holds 01 02 03
      When /note is linked as /copy/
      Then the call fails with ENOENT
      And / lists note

  @KRN-07 @must
  Rule: rename moves a file or a directory to another name, whatever it holds
    Source: POSIX.1, rename(); Linux 2.6.11, fs/namei.c, vfs_rename()

    Scenario: A file within its directory
      Given file /note holds 01 02 03
      When /note is renamed to /other
      Then / lists other
      And /other holds 01 02 03
      And /other is a file of 3 octets with 1 name

    Scenario: A file into another directory
      Given file /note holds 01 02 03
      And directory /usr was made
      When /note is renamed to /usr/note
      Then / lists usr
      And /usr/note holds 01 02 03

    Scenario: A file in place of another
      Given file /note holds 01 02 03
      And file /other holds 04
      When /note is renamed to /other
      Then / lists other
      And /other holds 01 02 03

    Scenario: Who had the other one open still has it
      Given file /note holds 01 02 03
      And file /other holds 04 05
      And /other was opened with O_RDONLY
      And /note was renamed to /other
      When 10 octets are read from the file
      Then 04 05 come back
      And the file has 2 octets and 0 names

    Scenario: A directory with all that is in it, and its .. follows
      Given directory /usr was made
      And directory /home was made
      And directory /home/ann was made
      And file /home/ann/note holds 01 02 03
      When /home/ann is renamed to /usr/ann
      Then /usr/ann/note holds 01 02 03
      And /usr/ann/.. is the same as /usr
      And /usr is a directory with 3 links
      And /home is a directory with 2 links

    Scenario: A directory in place of an empty one
      Given directory /usr was made
      And file /usr/note holds 01
      And directory /home was made
      When /usr is renamed to /home
      Then / lists home
      And /home/note holds 01
      And / is a directory with 3 links

    Scenario: Two names of one file: nothing happens
      Given file /note holds 01 02 03
      And /note was linked as /copy
      When /note is renamed to /copy
      Then / lists copy, note
      And /note is a file of 3 octets with 2 names

    Scenario: Two names of one file in two directories
      Given file /note holds 01 02 03
      And directory /usr was made
      And /note was linked as /usr/note
      When /note is renamed to /usr/note
      Then / lists note, usr
      And /usr/note is a file of 3 octets with 2 names

    Scenario: Onto itself
      Given file /note holds 01 02 03
      When /note is renamed to /note
      Then / lists note
      And /note is a file of 3 octets with 1 name

  @KRN-07 @must
  Rule: rename refuses what would lose something, and changes nothing then
    Source: POSIX.1, rename(); Linux 2.6.11, fs/namei.c, do_rename()

    Background:
      Given directory /usr was made
      And directory /usr/bin was made
      And directory /empty was made
      And file /note holds 01 02 03

    Scenario Outline: <from> to <to>
      When <from> is renamed to <to>
      Then the call fails with <errno>
      And / lists empty, note, usr
      And /usr lists bin
      And /note holds 01 02 03

      Examples: There is nothing to be renamed, or nowhere to put it
        | from   | to          | errno   |
        | /other | /third      | ENOENT  |
        | /note  | /home/note  | ENOENT  |
        | /note  | /note/other | ENOTDIR |

      Examples: A file is named like a directory
        | from  | to      | errno   |
        | /note | /other/ | ENOTDIR |

      Examples: What is there is of another kind
        | from   | to     | errno   |
        | /note  | /empty | EISDIR  |
        | /empty | /note  | ENOTDIR |

      Examples: What is there is not empty
        | from   | to   | errno     |
        | /empty | /usr | ENOTEMPTY |

      Examples: A directory would come to lie in itself
        | from | to               | errno  |
        | /usr | /usr/usr         | EINVAL |
        | /usr | /usr/bin/usr     | EINVAL |
        | /usr | /empty/../usr/it | EINVAL |

  @KRN-07 @property
  Rule: Whatever is called, the file system behaves like a tree of plain files
    Source: POSIX.1

    Scenario: Generated calls
      Then the property "a file system behaves like a tree of plain files" holds
