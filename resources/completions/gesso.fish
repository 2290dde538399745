# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of gesso for fish: gesso completion fish | source
set -l commands run convert params validate inspect demo-server completion gui
set -l roles PositivePrompt= NegativePrompt= Seed= Steps= Cfg= Sampler= Scheduler= Denoise= Width= Height= Batch= Model= Lora= Image= Mask= OutputPrefix=

complete -c gesso -l help -d 'Show help'
complete -c gesso -n "not __fish_seen_subcommand_from $commands" -l version -d 'Show the version'
complete -c gesso -n "not __fish_seen_subcommand_from $commands" -a run -d 'Run a workflow and save its results'
complete -c gesso -n "not __fish_seen_subcommand_from $commands" -a convert -d 'Print the API-format prompt a workflow becomes'
complete -c gesso -n "not __fish_seen_subcommand_from $commands" -a params -d 'Print the form of a workflow as JSON'
complete -c gesso -n "not __fish_seen_subcommand_from $commands" -a validate -d 'Say what would keep a workflow from running'
complete -c gesso -n "not __fish_seen_subcommand_from $commands" -a inspect -d 'Show the workflow and prompt found in a file'
complete -c gesso -n "not __fish_seen_subcommand_from $commands" -a demo-server -d 'Start the built-in demo server'
complete -c gesso -n "not __fish_seen_subcommand_from $commands" -a completion -d 'Print a completion script for a shell'
complete -c gesso -n "not __fish_seen_subcommand_from $commands" -a gui -d 'Open the window'

complete -c gesso -n '__fish_seen_subcommand_from run convert params validate inspect demo-server' -l json -d 'Print JSON lines on stdout'
complete -c gesso -n '__fish_seen_subcommand_from run convert params validate' -l server -x -d 'Server address'
complete -c gesso -n '__fish_seen_subcommand_from run convert params validate' -l token -x -d 'Bearer token'
complete -c gesso -n '__fish_seen_subcommand_from run convert params validate' -l no-demo -d 'Never use the built-in demo server'
complete -c gesso -n '__fish_seen_subcommand_from run convert' -s p -l param -x -a "$roles" -d 'Set a value'
complete -c gesso -n '__fish_seen_subcommand_from convert params validate' -l object-info -r -d 'Node definitions from a file'
complete -c gesso -n '__fish_seen_subcommand_from run' -s o -l output -x -a '(__fish_complete_directories)' -d 'Folder for the results'
complete -c gesso -n '__fish_seen_subcommand_from run' -l timeout -x -d 'Interrupt after so many seconds'
complete -c gesso -n '__fish_seen_subcommand_from run' -l batch -x -d 'Run it so often'
complete -c gesso -n '__fish_seen_subcommand_from run' -l preview -d 'A line with each preview picture'
complete -c gesso -n '__fish_seen_subcommand_from convert' -l choices -x -a 'first last random' -d 'Which option of {a|b} is taken'
complete -c gesso -n '__fish_seen_subcommand_from convert' -l seed -x -d 'Seed of random choices'
complete -c gesso -n '__fish_seen_subcommand_from convert' -l explain -d 'Say what was changed'
complete -c gesso -n '__fish_seen_subcommand_from demo-server' -l port -x -d 'Port on 127.0.0.1'
complete -c gesso -n '__fish_seen_subcommand_from demo-server' -l folder -x -a '(__fish_complete_directories)' -d 'Where input and output lie'
complete -c gesso -n '__fish_seen_subcommand_from demo-server' -l step-delay -x -d 'Milliseconds it pauses after a step'
complete -c gesso -n '__fish_seen_subcommand_from demo-server' -l fault -x -a 'delay= late-answer= refuse fail= block= forget-history server-error' -d 'Faults for tests'
complete -c gesso -n '__fish_seen_subcommand_from completion' -x -a 'bash zsh fish'
