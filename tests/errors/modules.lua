-- Modules are beside the file or nowhere.
problem "modules"
states { x = 1 }
ddt.x = -x
require "no_such_module"
--> modules.lua:5: error: module 'no_such_module' cannot be read from 'no_such_module.lua': No such file or directory
