// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/faults.h"
#include "core/demo/httpmessage.h"
#include "core/demo/jobdesk.h"

namespace gesso::demo {

// Answers the REST requests. Lives in the server's thread.
class RestRoutes
{
public:
    RestRoutes(const NodeLibrary& library, const Folders& folders, JobDesk& desk);

    void setFaults(const Faults& faults) { m_faults = faults; }
    HttpAnswer answer(const HttpRequest& request);

private:
    using Handler = HttpAnswer (RestRoutes::*)(const HttpRequest&, const QString& rest);
    struct Route {
        const char* method;
        const char* path; // ends in "/*": one more segment, handed over as `rest`, decoded
        Handler handler;
    };
    static const Route routes[];

    HttpAnswer dispatch(const HttpRequest& request);

    HttpAnswer systemStats(const HttpRequest&, const QString&);
    HttpAnswer features(const HttpRequest&, const QString&);
    HttpAnswer objectInfo(const HttpRequest&, const QString& className);
    HttpAnswer getPrompt(const HttpRequest&, const QString&);
    HttpAnswer postPrompt(const HttpRequest& request, const QString&);
    HttpAnswer getQueue(const HttpRequest&, const QString&);
    HttpAnswer postQueue(const HttpRequest& request, const QString&);
    HttpAnswer interrupt(const HttpRequest& request, const QString&);
    HttpAnswer getHistory(const HttpRequest& request, const QString& promptId);
    HttpAnswer postHistory(const HttpRequest& request, const QString&);
    HttpAnswer view(const HttpRequest& request, const QString&);
    HttpAnswer uploadImage(const HttpRequest& request, const QString&);
    HttpAnswer uploadMask(const HttpRequest& request, const QString&);
    HttpAnswer embeddings(const HttpRequest&, const QString&);
    HttpAnswer models(const HttpRequest&, const QString& folder);
    HttpAnswer free(const HttpRequest&, const QString&);
    HttpAnswer userdataList(const HttpRequest& request, const QString&);
    HttpAnswer userdataFile(const HttpRequest&, const QString& file);

    const NodeLibrary& m_library;
    const Folders m_folders;
    JobDesk& m_desk;
    Faults m_faults;
};

} // namespace gesso::demo
