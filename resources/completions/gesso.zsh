#compdef gesso
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of gesso for zsh: gesso completion zsh > "${fpath[1]}/_gesso"

_gesso() {
    local -a commands server json parameter
    commands=(
        'run:run a workflow and save its results'
        'resume:go on with runs that an ended Gesso left behind'
        'convert:print the API-format prompt a workflow becomes'
        'params:print the form of a workflow as JSON'
        'validate:say what would keep a workflow from running'
        'inspect:show the workflow and prompt found in a file'
        'doctor:look at what Gesso needs and say what is missing'
        'demo-server:start the built-in demo server'
        'completion:print a completion script for a shell'
        'gui:open the window'
    )
    server=(
        '--server[server address]:address:_hosts'
        '--token[bearer token]:token:'
        '--no-demo[never use the built-in demo server]'
        '--record[write what the server says into a file]:file:_files'
    )
    json=('--json[print JSON lines on stdout]' '--help[show help]')
    parameter=(
        '*'{-p,--param}'[set a value]:Key=Value:(PositivePrompt= NegativePrompt= Seed= Steps= Cfg= Sampler= Scheduler= Denoise= Width= Height= Batch= Model= Lora= Image= Mask= OutputPrefix=)'
    )

    local curcontext=$curcontext state line
    _arguments -C '--help[show help]' '--version[show the version]' '1: :->command' '*:: :->arguments'
    case $state in
    command)
        _describe -t commands 'gesso command' commands
        _files
        ;;
    arguments)
        case $line[1] in
        run)
            _arguments $json $server $parameter '(-o --output)'{-o,--output}'[folder for the results]:folder:_directories' \
                '--timeout[interrupt after so many seconds]:seconds:' '--batch[run it so often]:count:' \
                '--preview[a line with each preview picture]' '1:workflow:_files'
            ;;
        convert)
            _arguments $json $server $parameter '--object-info[node definitions from a file]:file:_files' \
                '--choices[which option of {a|b} is taken]:rule:(first last random)' '--seed[seed of random choices]:seed:' \
                '--explain[say what was changed]' '1:workflow:_files'
            ;;
        params | validate)
            _arguments $json $server '--object-info[node definitions from a file]:file:_files' '1:workflow:_files'
            ;;
        inspect)
            _arguments $json '--workflow[print the workflow alone]' '--prompt[print the prompt alone]' '1:file:_files'
            ;;
        resume)
            _arguments $json $server '--resubmit[send runs again that the server has forgotten]'
            ;;
        doctor)
            _arguments $json $server '--bundle[write a report to attach]:file:_files'
            ;;
        demo-server)
            _arguments $json '--port[port on 127.0.0.1]:port:' '--folder[where input and output lie]:folder:_directories' \
                '--step-delay[milliseconds it pauses after a step]:milliseconds:' \
                '*--fault[faults for tests]:fault:(delay= late-answer= refuse fail= block= forget-history server-error)'
            ;;
        completion)
            _arguments '--help[show help]' '1:shell:(bash zsh fish)'
            ;;
        *)
            _files
            ;;
        esac
        ;;
    esac
}

_gesso "$@"
