@cap:block-usage @cap:descriptor @cap:file-system
Feature: Accounting of blocks
  A task pays for the blocks of the disk that its calls move: for one that has to be read because it is not in memory, and
  for one that is changed and so will have to be written. How many that are is the system's affair.

  @KRN-11 @profile:notes @profile:bsd-4.4 @profile:linux-6 @must
  Rule: A block that has to be read is charged to the task that has asked for it
    Source: 4.4BSD, kern/vfs_bio.c, bread(), ru_inblock; Linux 2.6.20, block/ll_rw_blk.c, task_io_account_read()
    Variation: Linux 2.6.11 charges nothing

    Background:
      Given file /note holds 500 octets of 01
      And alice has opened /note with O_RDONLY
      And bob has opened /note with O_RDONLY
      And nothing of the files is in memory
      And what alice is charged is noted
      And what bob is charged is noted

    Scenario: Nobody else pays
      When alice reads up to 500 octets from descriptor 0
      Then alice is charged for blocks in
      And alice is charged for no blocks out
      And bob is charged for no blocks in

    Scenario: What is in memory already costs nothing
      Given alice has read 500 octets from descriptor 0
      When bob reads up to 500 octets from descriptor 0
      Then bob is charged for no blocks in

    Scenario: What memory has lost has to be read again
      Given alice has read 500 octets from descriptor 0
      And nothing of the files is in memory
      When bob reads up to 500 octets from descriptor 0
      Then bob is charged for blocks in

    Scenario: A read at the end of the file needs no block of it
      Given alice has read 500 octets from descriptor 0
      And what alice is charged is noted
      When alice reads up to 500 octets from descriptor 0
      Then alice is charged for no blocks in

    Scenario: A child begins at nothing
      Given alice has read 500 octets from descriptor 0
      When alice has forked carol
      Then carol is charged for no blocks in

  @KRN-11 @profile:notes @profile:bsd-4.4 @profile:linux-6 @must
  Rule: A block that is changed is charged to the task that has changed it, once until it was written
    Source: 4.4BSD, kern/vfs_bio.c, bdwrite(), ru_oublock; Linux 2.6.20, fs/buffer.c, task_io_account_write()
    Variation: Linux 2.6.11 charges nothing

    Background:
      Given file /note holds 500 octets of 01
      And alice has opened /note with O_WRONLY
      And bob has opened /note with O_WRONLY
      And nothing of the files is in memory
      And what alice is charged is noted
      And what bob is charged is noted

    Scenario: Nobody else pays
      When alice writes 500 octets of 61 to descriptor 0
      Then alice is charged for blocks out
      And bob is charged for no blocks out

    Scenario: Changed again before it was written, it costs nothing
      Given alice has written 500 octets of 61 to descriptor 0
      When bob writes 500 octets of 62 to descriptor 0
      Then bob is charged for no blocks out

    Scenario: Changed again after that, it costs again
      Given alice has written 500 octets of 61 to descriptor 0
      And nothing of the files is in memory
      When bob writes 500 octets of 62 to descriptor 0
      Then bob is charged for blocks out

    Scenario: To write it is at nobody's expense
      Given alice has written 500 octets of 61 to descriptor 0
      And what alice is charged is noted
      And nothing of the files is in memory
      Then alice is charged for no blocks out
      And bob is charged for no blocks out
