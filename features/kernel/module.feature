@cap:module
Feature: Loadable modules
  A module is a piece of the kernel that is linked into it while it runs. Its init function makes its
  services known, its exit function takes them back, and in between it stays as long as it is used.

  @KRN-02 @must
  Rule: Loading a module runs its init function, and its services become reachable
    Source: Linux 2.6.11, kernel/module.c, sys_init_module()

    Scenario: Its functions can be called
      Given a module "adder" with:
        | exports | add_one returns 1, add_two returns 2 |
      When function add_two is called
      Then module "adder" answers 2

    Scenario: Its init function runs, once and in order
      When a module "printer" is loaded with:
        | init | printk looking, register lp0, printk found |
        | exit | unregister lp0                             |
      Then the kernel has printed:
        | module  | text    |
        | printer | looking |
        | printer | found   |

    Scenario: Its device can be opened
      Given a module "printer" with:
        | init | register lp0   |
        | exit | unregister lp0 |
      When device "lp0" is opened
      Then module "printer" is behind it

    Scenario: Each module is behind its own device
      Given a module "printer" with:
        | init | register lp0   |
        | exit | unregister lp0 |
      And a module "serial" with:
        | init | register ttys0   |
        | exit | unregister ttys0 |
      When device "lp0" is opened
      Then module "printer" is behind it

    Scenario: It need do nothing at all
      Given a module "empty"
      Then the modules are:
        | module | state | uses | used by |
        | empty  | live  | 0    |         |

    Scenario: Before it is loaded there is nothing to call
      When function add_one is called
      Then the call fails with ENOENT

    Scenario: Before it is loaded there is nothing to open
      When device "lp0" is opened
      Then the call fails with ENXIO

  @KRN-02 @must
  Rule: Unloading a module runs its exit function, and its services are gone
    Source: Linux 2.6.11, kernel/module.c, sys_delete_module(), free_module()

    Background:
      Given a module "printer" with:
        | exports | lp_reset returns 7                 |
        | init    | register lp0                       |
        | exit    | unregister lp0, printk switched off |
      And module "printer" was unloaded

    Scenario: Its exit function has run
      Then the kernel has printed:
        | module  | text         |
        | printer | switched off |

    Scenario: It is not listed
      Given a module "empty"
      Then the modules are:
        | module | state | uses | used by |
        | empty  | live  | 0    |         |

    Scenario: Its functions cannot be called
      When function lp_reset is called
      Then the call fails with ENOENT

    Scenario: Its device cannot be opened
      When device "lp0" is opened
      Then the call fails with ENXIO

    Scenario: It can be loaded again, as another one of that name
      Given a module "printer" with:
        | exports | lp_reset returns 8 |
      When function lp_reset is called
      Then module "printer" answers 8

  @KRN-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A module that is not loaded cannot be unloaded
    Source: Linux 2.6.11, kernel/module.c, sys_delete_module()

    Scenario: It never was
      When module "printer" is unloaded
      Then the call fails with ENOENT

    Scenario: It was unloaded already
      Given a module "printer"
      And module "printer" was unloaded
      When module "printer" is unloaded
      Then the call fails with ENOENT

  @KRN-02 @must
  Rule: Loading a module of a name that is loaded fails with EEXIST
    Source: Linux 2.6.11, kernel/module.c, load_module(); kern_lkm.c of FreeBSD 2, lkmexists()

    Background:
      Given a module "adder" with:
        | exports | add_one returns 1 |

    Scenario: Loaded twice
      When a module "adder" is loaded with:
        | exports | add_one returns 2 |
      Then the call fails with EEXIST

    Scenario: The first one stays as it was
      When a module "adder" is loaded with:
        | exports | add_one returns 2 |
        | init    | printk hello      |
      And function add_one is called
      Then module "adder" answers 1
      And the kernel has printed nothing

  @KRN-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: Unloading a module that is in use fails with EWOULDBLOCK, which is EAGAIN
    Source: Linux 2.6.11, kernel/module.c, sys_delete_module() with O_NONBLOCK, as rmmod(8) sets it
    Variation: the loader of the BSD systems answers EBUSY.

    Background:
      Given a module "printer" with:
        | init | register lp0                  |
        | exit | unregister lp0, printk going |
      And device "lp0" was opened as "first"

    Scenario: Its device is open
      When module "printer" is unloaded
      Then the call fails with EAGAIN

    Scenario: The refusal changes nothing
      When module "printer" is unloaded
      And device "lp0" is opened
      Then module "printer" is behind it
      And the kernel has printed nothing
      And the modules are:
        | module  | state | uses | used by |
        | printer | live  | 2    |         |

    Scenario: One of two files is still open
      Given device "lp0" was opened as "second"
      And file "first" of the device was closed
      When module "printer" is unloaded
      Then the call fails with EAGAIN

    Scenario: The last one is closed
      Given file "first" of the device was closed
      And module "printer" was unloaded
      When device "lp0" is opened
      Then the call fails with ENXIO

  @KRN-02 @profile:bsd-4.4 @must
  Rule: Unloading a module that is in use fails with EBUSY
    Source: kern_lkm.c of FreeBSD 2, LMUNLOAD, an entry function that refuses; 4.4BSD has no modules

    Scenario: Its device is open
      Given a module "printer" with:
        | init | register lp0   |
        | exit | unregister lp0 |
      And device "lp0" was opened as "first"
      When module "printer" is unloaded
      Then the call fails with EBUSY

    Scenario: It is closed
      Given a module "printer" with:
        | init | register lp0   |
        | exit | unregister lp0 |
      And device "lp0" was opened as "first"
      And file "first" of the device was closed
      And module "printer" was unloaded
      When device "lp0" is opened
      Then the call fails with ENXIO

  @KRN-02 @profile:notes @profile:linux-2.6.11 @must
  Rule: Whoever is willing to wait lets the module go when its last use ends, and nobody new may use it
    Source: Linux 2.6.11, kernel/module.c, wait_for_zero_refcount(), try_module_get() of a module that is GOING
    Variation: since 3.13 nobody waits, a used module always gives EWOULDBLOCK.

    Background:
      Given a module "printer" with:
        | exports | lp_reset returns 7           |
        | init    | register lp0                 |
        | exit    | unregister lp0, printk gone |
      And device "lp0" was opened as "first"
      And device "lp0" was opened as "second"
      And somebody waits for module "printer" to be unloaded

    Scenario: It is going, and still there
      Then the modules are:
        | module  | state | uses | used by |
        | printer | going | 2    |         |
      And the kernel has printed nothing

    Scenario: Its device cannot be opened any more
      When device "lp0" is opened
      Then the call fails with ENXIO

    Scenario: Its functions cannot be called any more
      When function lp_reset is called
      Then the call fails with ENOENT

    Scenario: Nobody can be linked with it any more
      When a module "spooler" is loaded with:
        | needs | lp_reset |
      Then the call fails with ENOENT

    Scenario: Its name is taken as long as it is there
      When a module "printer" is loaded
      Then the call fails with EEXIST

    Scenario: It cannot be unloaded a second time
      When module "printer" is unloaded
      Then the call fails with EBUSY

    Scenario: The last use but one ends
      Given file "first" of the device was closed
      Then the modules are:
        | module  | state | uses | used by |
        | printer | going | 1    |         |
      And the kernel has printed nothing

    Scenario: The last use ends
      Given file "first" of the device was closed
      And file "second" of the device was closed
      Then no module is loaded
      And the kernel has printed:
        | module  | text |
        | printer | gone |

  @KRN-02 @profile:linux-6 @must
  Rule: A used module is not unloaded even for somebody who would wait
    Source: Linux 6.18, kernel/module/main.c, try_stop_module()
    Variation: Linux 2.6.11 waits until the last use ends.

    Scenario: Its device is open
      Given a module "printer" with:
        | init | register lp0   |
        | exit | unregister lp0 |
      And device "lp0" was opened as "first"
      When module "printer" is unloaded by somebody who would wait
      Then the call fails with EAGAIN

  @KRN-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A module is in use as long as another one needs a symbol of it
    Source: Linux 2.6.11, kernel/module.c, use_module(), modules_which_use_me

    Background:
      Given a module "usbcore" with:
        | exports | usb_register returns 0, usb_reset returns 1 |
      And a module "usb-storage" with:
        | needs | usb_register, usb_reset |

    Scenario: However many symbols, it is one use
      Then the modules are:
        | module      | state | uses | used by     |
        | usbcore     | live  | 1    | usb-storage |
        | usb-storage | live  | 0    |             |

    Scenario: It cannot be unloaded
      When module "usbcore" is unloaded
      Then the call fails with EAGAIN

    Scenario: Nor by somebody who would wait
      When module "usbcore" is unloaded by somebody who would wait
      Then the call fails with EAGAIN

    Scenario: Two users, and one of them is unloaded
      Given a module "usb-mouse" with:
        | needs | usb_register |
      And module "usb-storage" was unloaded
      When module "usbcore" is unloaded
      Then the call fails with EAGAIN
      And the modules are:
        | module    | state | uses | used by   |
        | usbcore   | live  | 1    | usb-mouse |
        | usb-mouse | live  | 0    |           |

    Scenario: The user goes first
      Given module "usb-storage" was unloaded
      When module "usbcore" is unloaded
      Then no module is loaded

    Scenario: A chain of three is unloaded from its end
      Given a module "camera" with:
        | exports | camera_shoot returns 3 |
        | needs   | usb_reset              |
      And a module "album" with:
        | needs | camera_shoot |
      When module "camera" is unloaded
      Then the call fails with EAGAIN
      And the modules are:
        | module      | state | uses | used by             |
        | usbcore     | live  | 2    | usb-storage, camera |
        | usb-storage | live  | 0    |                     |
        | camera      | live  | 1    | album               |
        | album       | live  | 0    |                     |

  @KRN-02 @profile:notes @profile:linux-2.6.11 @must
  Rule: Of two modules that export a symbol the one that was loaded last is found
    Source: Linux 2.6.11, kernel/module.c, load_module(), list_add(); __find_symbol()
    Variation: Linux 6.18 refuses the second

    Scenario: Both are loaded, and then the second goes
      Given a module "old" with:
        | exports | reset returns 1 |
      And a module "new" with:
        | exports | reset returns 2 |
      When function reset is called
      Then module "new" answers 2
      Given module "new" was unloaded
      When function reset is called
      Then module "old" answers 1

  @KRN-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A module that needs a symbol that nobody exports fails with ENOENT and leaves nothing behind
    Source: Linux 2.6.11, kernel/module.c, simplify_symbols()

    Scenario: Nothing was loaded
      When a module "usb-storage" is loaded with:
        | needs | usb_register |
      Then the call fails with ENOENT

    Scenario: A symbol of it would be its own
      When a module "usbcore" is loaded with:
        | exports | usb_reset returns 1 |
        | needs   | usb_register        |
      Then the call fails with ENOENT
      And no module is loaded

    Scenario: The symbols that were found are not in use, and init has not run
      Given a module "usbcore" with:
        | exports | usb_register returns 0 |
      When a module "usb-storage" is loaded with:
        | needs | usb_register, scsi_add_host |
        | init  | printk hello                |
      Then the call fails with ENOENT
      And the kernel has printed nothing
      And the modules are:
        | module  | state | uses | used by |
        | usbcore | live  | 0    |         |

  @KRN-02 @must
  Rule: A module whose init function fails is not loaded, and the error is the caller's
    Source: Linux 2.6.11, kernel/module.c, sys_init_module(); kern_lkm.c of FreeBSD 2, LMREADY

    Scenario Outline: init returns <errno>
      When a module "printer" is loaded with:
        | init | fail <errno> |
      Then the call fails with <errno>

      Examples:
        | errno  |
        | ENODEV |
        | EIO    |
        | ENOMEM |

    Scenario: The device is somebody else's
      Given a module "serial" with:
        | init | register lp0   |
        | exit | unregister lp0 |
      When a module "printer" is loaded with:
        | init | register lp0, printk found |
        | exit | unregister lp0             |
      Then the call fails with EBUSY
      And the kernel has printed nothing

  @KRN-02 @must
  Rule: A failed init leaves nothing behind
    Source: Linux 2.6.11, kernel/module.c, sys_init_module() calls free_module()

    Background:
      Given a module "empty"
      When a module "printer" is loaded with:
        | exports | lp_reset returns 7                                              |
        | init    | register lp0, register lp1, printk no printer here, fail ENODEV |
        | exit    | unregister lp0, unregister lp1, printk never                    |

    Scenario: No module
      Then the modules are:
        | module | state | uses | used by |
        | empty  | live  | 0    |         |

    Scenario: No function
      When function lp_reset is called
      Then the call fails with ENOENT

    Scenario Outline: No device <device>
      When device "<device>" is opened
      Then the call fails with ENXIO

      Examples:
        | device |
        | lp0    |
        | lp1    |

    Scenario: Its exit function does not run
      Then the kernel has printed:
        | module  | text            |
        | printer | no printer here |

    Scenario: The next attempt finds its name and its devices free
      Given a module "printer" with:
        | init | register lp0   |
        | exit | unregister lp0 |
      When device "lp0" is opened
      Then module "printer" is behind it

  @KRN-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A failed init ends the uses of other modules
    Source: Linux 2.6.11, kernel/module.c, module_unload_free()

    Scenario: The module that it needed can be unloaded
      Given a module "usbcore" with:
        | exports | usb_register returns 0 |
      When a module "usb-storage" is loaded with:
        | needs | usb_register |
        | init  | fail ENODEV  |
      Then the call fails with ENODEV
      And the modules are:
        | module  | state | uses | used by |
        | usbcore | live  | 0    |         |

  @KRN-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A module with an init and without an exit function cannot be unloaded
    Source: Linux 2.6.11, kernel/module.c, sys_delete_module(): it was not written to be removed

    Scenario: Nobody could undo what init did
      Given a module "permanent" with:
        | init | printk here to stay |
      When module "permanent" is unloaded
      Then the call fails with EBUSY

    Scenario: Where there is nothing to undo, it can
      Given a module "library" with:
        | exports | crc32 returns 0 |
      When module "library" is unloaded
      Then no module is loaded

  @KRN-02 @profile:linux-6 @must
  Rule: A symbol that is exported already is refused with ENOEXEC
    Source: Linux 6.18, kernel/module/main.c, verify_exported_symbols()
    Variation: Linux 2.6.11 does not look.

    Scenario: Two modules export one function
      Given a module "adder" with:
        | exports | add_one returns 1 |
      When a module "other-adder" is loaded with:
        | exports | add_two returns 2, add_one returns 3 |
      Then the call fails with ENOEXEC
      And the modules are:
        | module | state | uses | used by |
        | adder  | live  | 0    |         |

  @KRN-02 @should
  Rule: A device that its module has left behind is a bug when it is opened
    Source: Linux 2.6.11, fs/char_dev.c, chrdev_open(): the table leads into memory that is free

    Scenario: The exit function forgot to unregister
      Given a module "printer" with:
        | init | register lp0  |
        | exit | printk sorry  |
      And module "printer" was unloaded
      When device "lp0" is opened
      Then the call is caught as a bug

  @KRN-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @property
  Rule: Whatever is loaded, unloaded, opened and closed, the uses are those that there are
    Source: Linux 2.6.11, kernel/module.c

    Scenario: Generated sequences
      Then the property "modules count their uses like a model graph" holds
