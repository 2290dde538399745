# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of gesso for bash: source <(gesso completion bash)
_gesso() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local commands="run resume convert params validate inspect doctor demo-server completion gui"
    local roles="PositivePrompt= NegativePrompt= Seed= Steps= Cfg= Sampler= Scheduler= Denoise= Width= Height= Batch= Model= Lora= Image= Mask= OutputPrefix="
    local server="--server --token --no-demo --record"
    local command="" word
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ " $commands " == *" $word "* ]]; then
            command=$word
            break
        fi
    done

    case $previous in
    -p | --param)
        compopt -o nospace
        mapfile -t COMPREPLY < <(compgen -W "$roles" -- "$current")
        return
        ;;
    --choices)
        mapfile -t COMPREPLY < <(compgen -W "first last random" -- "$current")
        return
        ;;
    --fault)
        mapfile -t COMPREPLY < <(compgen -W "delay= late-answer= refuse fail= block= forget-history server-error" -- "$current")
        return
        ;;
    --output | -o | --folder)
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
        return
        ;;
    --server | --token | --timeout | --batch | --seed | --port | --step-delay)
        return
        ;;
    esac

    local options="--help"
    case $command in
    run) options+=" --json -p --param $server --output --timeout --batch --preview" ;;
    convert) options+=" --json -p --param $server --object-info --choices --seed --explain" ;;
    params | validate) options+=" --json $server --object-info" ;;
    inspect) options+=" --json --workflow --prompt" ;;
    resume) options+=" --json $server --resubmit" ;;
    doctor) options+=" --json $server --bundle" ;;
    demo-server) options+=" --json --port --folder --step-delay --fault" ;;
    completion)
        mapfile -t COMPREPLY < <(compgen -W "bash zsh fish --help" -- "$current")
        return
        ;;
    gui) ;;
    *) options+=" --version $commands" ;;
    esac
    if [[ $current == -* || -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    fi
    if [[ $current != -* ]]; then
        compopt -o filenames
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -F _gesso gesso
