// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runservice.h"

#include <QImage>
#include <QObject>

#include <memory>

namespace gesso {

// What the stage shows: live previews of the run in focus (latest frame wins: while one is decoded off-thread
// newer ones replace each other), or a chosen result. Also the progress line under it.
class StageViewModel : public QObject
{
    Q_OBJECT

public:
    enum class Showing { Nothing, Preview, Result };

    explicit StageViewModel(QObject* parent = nullptr);
    ~StageViewModel() override;

    void setService(RunService* service);
    void follow(const PromptId& run); // its previews and progress are shown; empty: none
    PromptId followed() const;
    // Decoded off-thread; previews do not replace it until follow() is called again.
    void showResult(const QString& path, const QString& caption);
    // The same for a run that has ended, but only if it is followed and no other result was chosen meanwhile.
    void showFinished(const PromptId& run, const QString& path, const QString& caption);
    void clear();

    Showing showing() const;
    QImage image() const;
    QString imagePath() const; // of a result
    QString caption() const; // "1024 × 1024 · seed 7"
    quint64 framesShown() const; // decoded previews handed out, for tests

    bool isRunning() const;
    QString nodeTitle() const; // "KSampler"
    QString stepText() const; // "step 12 of 20"
    double progress() const; // whole run, 0…1; -1 unknown (waiting)
    QString percentText() const; // "61 %"
    QString timeLeftText() const; // "12–15 s left"

Q_SIGNALS:
    void imageChanged();
    void progressChanged();
    void failed(const gesso::Error& error); // a result could not be read

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
