// SPDX-License-Identifier: GPL-3.0-or-later
// Exists so that the precompiled header of the tests has a target to belong to.
