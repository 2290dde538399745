// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/servers/connectdialog.h"

#include "viewmodels/base/sentences.h"
#include "viewmodels/servers/serverviewmodel.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/plaintooltip.h"
#include "views/widgets/showntext.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace gesso {

namespace {

QLabel* newLabel(const QString& text, const char* role, QWidget* buddy, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QLatin1String(role));
    label->setTextFormat(Qt::PlainText);
    if (buddy)
        label->setBuddy(buddy);
    return label;
}

} // namespace

ConnectDialog::ConnectDialog(ServerViewModel& server, QWidget* parent)
    : QDialog(parent)
    , m_server(server)
{
    setObjectName(QStringLiteral("connectDialog"));
    setWindowTitle(tr("Connect to a server"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(440);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(newLabel(tr("Connect to a ComfyUI server"), "title", nullptr, this));
    layout->addWidget(createForm());
    layout->addWidget(createRecent(), 1);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_connect = buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
    m_connect->setObjectName(QStringLiteral("connectButton"));
    setStyleProperty(m_connect, "role", QStringLiteral("primary"));
    m_connect->setDefault(true);
    auto* demo = buttons->addButton(tr("Use the demo server"), QDialogButtonBox::ResetRole);
    connect(demo, &QPushButton::clicked, this, [this] {
        m_server.connectToDemo();
        accept();
    });
    connect(m_connect, &QPushButton::clicked, this, &ConnectDialog::connectNow);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);

    connect(m_address, &QLineEdit::textChanged, this, &ConnectDialog::checkAddress);
    connect(&m_server, &ServerViewModel::changed, this, &ConnectDialog::showState);
    connect(&m_server, &ServerViewModel::failed, this, [this](const Error& error) {
        if (!std::exchange(m_wanted, {}).isEmpty())
            say(joinedSentences({error.message, error.hint}), QStringLiteral("bad"));
        checkAddress();
    });
    checkAddress();
    m_address->setFocus();
}

QWidget* ConnectDialog::createForm()
{
    auto* form = new QWidget(this);
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);

    m_address = new QLineEdit(form);
    m_address->setObjectName(QStringLiteral("serverAddress"));
    m_address->setAccessibleName(tr("Server address"));
    m_address->setPlaceholderText(QStringLiteral("gpu-box:8188"));
    m_token = new QLineEdit(form);
    m_token->setObjectName(QStringLiteral("serverToken"));
    m_token->setAccessibleName(tr("Access token"));
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setPlaceholderText(tr("Only if the server asks for one"));

    m_result = new QLabel(form);
    m_result->setObjectName(QStringLiteral("connectResult"));
    m_result->setTextFormat(Qt::PlainText);
    m_result->setWordWrap(true);
    m_result->setProperty("role", QStringLiteral("small"));
    // Two lines are kept free, so that an answer moves nothing.
    m_result->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_result->setAlignment(Qt::AlignLeft | Qt::AlignTop);

    layout->addWidget(newLabel(tr("Address"), "small", m_address, form));
    layout->addWidget(m_address);
    layout->addSpacing(8);
    layout->addWidget(newLabel(tr("Access token"), "small", m_token, form));
    layout->addWidget(m_token);
    layout->addWidget(m_result);
    return form;
}

QWidget* ConnectDialog::createRecent()
{
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_recent = new QListWidget(box);
    m_recent->setObjectName(QStringLiteral("recentServers"));
    m_recent->setAccessibleName(tr("Recent servers"));
    m_recent->setUniformItemSizes(true);
    m_recent->setMaximumHeight(120);
    for (const ServerProfile& recent : m_server.recent()) {
        if (recent.isDemo)
            continue;
        auto* item = new QListWidgetItem(shownText(recent.name, longestLine), m_recent);
        item->setData(Qt::UserRole, recent.url.toString());
        item->setToolTip(plainToolTip(recent.url.toString()));
    }
    const auto take = [this](const QListWidgetItem* item) {
        m_address->setText(item->data(Qt::UserRole).toString());
    };
    connect(m_recent, &QListWidget::itemClicked, this, take);
    connect(m_recent, &QListWidget::itemActivated, this, [this, take](const QListWidgetItem* item) {
        take(item);
        connectNow();
    });
    layout->addWidget(newLabel(tr("Recent"), "small", m_recent, box));
    layout->addWidget(m_recent);
    box->setVisible(m_recent->count() > 0);
    return box;
}

std::optional<ServerProfile> ConnectDialog::profile() const
{
    ServerProfile profile;
    profile.url = serverUrlFromText(m_address->text());
    if (!profile.url.isValid() || profile.url.isEmpty())
        return std::nullopt;
    profile.name = profile.url.port() > 0
        ? profile.url.host() + QLatin1Char(':') + QString::number(profile.url.port())
        : profile.url.host();
    profile.bearerToken = m_token->text();
    return profile;
}

void ConnectDialog::checkAddress()
{
    const bool valid = profile().has_value();
    m_connect->setEnabled(valid && m_wanted.isEmpty());
    if (!m_wanted.isEmpty())
        return;
    if (!valid && !m_address->text().trimmed().isEmpty())
        say(tr("This is not an address. Examples: gpu-box, 192.168.1.20:8188, https://farm.example/comfy"),
            QStringLiteral("bad"));
    else if (sender() == m_address)
        say({}, {});
}

void ConnectDialog::connectNow()
{
    const std::optional<ServerProfile> wanted = profile();
    if (!wanted)
        return;
    m_wanted = wanted->url;
    say(tr("Connecting to %1 …").arg(wanted->name), QString());
    checkAddress();
    m_server.connectTo(*wanted);
}

void ConnectDialog::showState()
{
    if (m_wanted.isEmpty())
        return;
    // Until the new server answers, the window still talks to the old one.
    const ServerSession* session = m_server.session();
    if (!session || session->profile().url != m_wanted)
        return;
    if (m_server.state() == ConnectionState::Connected) {
        m_wanted.clear();
        accept();
    } else if (!m_server.reason().isEmpty()) {
        say(m_server.reason(), QStringLiteral("warn"));
    }
}

void ConnectDialog::say(const QString& text, const QString& tone)
{
    m_result->setText(shownText(text));
    setStyleProperty(m_result, "tone", tone);
}

} // namespace gesso
