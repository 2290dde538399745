// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/demoservercommand.h"

#include "app/cli/workflowargument.h"
#include "core/demo/demoserver.h"

#include <CLI/CLI.hpp>
#include <QCoroSignal>

#include <QCoreApplication>
#include <QObject>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

// A signal to wait for: a CancelToken calls back, a coroutine awaits.
class Stop : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void requested();
};

bool setFault(demo::Faults& faults, const QString& name, const QString& value)
{
    bool ok = true;
    if (name == QLatin1String("delay")) {
        faults.delayMs = value.toInt(&ok);
    } else if (name == QLatin1String("late-answer")) {
        faults.promptAnswerDelayMs = value.toInt(&ok);
    } else if (name == QLatin1String("refuse")) {
        faults.refusePrompts = true;
    } else if (name == QLatin1String("fail")) {
        faults.failNode = value;
        ok = !value.isEmpty();
    } else if (name == QLatin1String("block")) {
        faults.blockNode = value;
        ok = !value.isEmpty();
    } else if (name == QLatin1String("forget-history")) {
        faults.forgetHistory = true;
    } else if (name == QLatin1String("server-error")) {
        faults.serverError = true;
    } else {
        ok = false;
    }
    return ok;
}

} // namespace

void DemoServerCommand::declare(CLI::App& parent)
{
    CLI::App& app = add(parent, "demo-server", tr("Start the built-in demo server, until Ctrl-C"),
                        "  gesso demo-server\n"
                        "  gesso demo-server --port 0 --json\n"
                        "  gesso demo-server --fault fail=KSampler");
    app.add_option("--port", m_port, tr("Port on 127.0.0.1; 0 takes any free one").toStdString())
        ->type_name("N")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    app.add_option("--folder", m_folder,
                   tr("Where input, output and temp lie; else a temporary one").toStdString())
        ->type_name("DIR");
    app.add_option("--step-delay", m_stepDelay,
                   tr("Milliseconds it pauses after a step, to be watched").toStdString())
        ->type_name("MS")
        ->check(CLI::Range(0, 60'000))
        ->capture_default_str();
    app.add_option("--fault", m_faults,
                   tr("For tests: delay=MS, late-answer=MS, refuse, fail=CLASS, block=CLASS, forget-history, "
                      "server-error")
                       .toStdString())
        ->type_name("FAULT")
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false);
}

QCoro::Task<ExitCode> DemoServerCommand::run(Surroundings surroundings)
{
    Console& console = surroundings.console;
    const Result<demo::Faults> wanted = faults();
    if (!wanted) {
        co_return ended(console, wanted.error());
    }
    demo::DemoOptions options;
    options.port = static_cast<quint16>(m_port);
    options.folder = QString::fromStdString(m_folder);
    options.stepDelayMs = m_stepDelay;
    demo::DemoServer server;
    const Result<QUrl> url = server.start(options);
    if (!url) {
        co_return ended(console, url.error());
    }
    server.setFaults(*wanted);
    console.event("server", {{"server", "demo"}, {"url", toJson(url->toString())}, {"demo", true}});
    console.say(tr("The demo server listens on %1 (Ctrl-C stops it). It paints; it is no diffusion model.")
                    .arg(url->toString()));

    Stop stop;
    surroundings.interrupt.onCancelled(&stop, [&stop] { Q_EMIT stop.requested(); });
    co_await qCoro(&stop, &Stop::requested);
    co_return ExitCode::Done; // stopping is what Ctrl-C is for here
}

Result<demo::Faults> DemoServerCommand::faults() const
{
    demo::Faults made;
    for (const std::string& text : m_faults) {
        const QString fault = QString::fromStdString(text);
        if (!setFault(made, fault.section(u'=', 0, 0), fault.section(u'=', 1))) {
            return fail(ErrorKind::Usage, tr("There is no fault \"%1\".").arg(fault),
                        tr("See gesso demo-server --help."));
        }
    }
    return made;
}

} // namespace gesso::cli

#include "demoservercommand.moc"
