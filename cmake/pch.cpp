// SPDX-License-Identifier: LGPL-3.0-or-later
// Exists so that the precompiled header has a target to belong to.
