#pragma once
// libedit's own interface (editline(3)). el_set, el_get and history are variadic: each use has a wrapper here.
#include <histedit.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <wchar.h>

/// Returns one of CC_NORM, CC_REFRESH, CC_ERROR and so on.
typedef unsigned char (*cedit_command)(EditLine *editor, int key);
/// Puts one character; returns 1, 0 at the end of the input, -1 with errno where reading was interrupted.
typedef int (*cedit_reader)(EditLine *editor, wchar_t *character);
typedef char *(*cedit_prompter)(EditLine *editor);

/// An editor on standard input that draws on `output`. What libedit itself would complain about goes to `errors`.
static inline EditLine *cedit_start(const char *program, FILE *output, FILE *errors) {
    return el_init(program, stdin, output, errors);
}

/// Whether $TERM names a terminal that libedit can draw on.
static inline int cedit_knows_terminal(EditLine *editor) { return el_set(editor, EL_TERMINAL, NULL) == 0; }

/// What the callbacks find again with cedit_context.
static inline void cedit_set_context(EditLine *editor, void *context) { el_set(editor, EL_CLIENTDATA, context); }

static inline void *cedit_context(EditLine *editor) {
    void *context = NULL;
    el_get(editor, EL_CLIENTDATA, &context);
    return context;
}

/// Emacs keys. `prompter` tells the prompt, in which text between two \1 takes no room on the screen; `reader` reads the
/// keys, so that libedit's own signal handling, which signals the whole process group, stays off.
static inline void cedit_configure(EditLine *editor, cedit_prompter prompter, cedit_reader reader) {
    el_set(editor, EL_SIGNAL, 0);
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_PROMPT_ESC, prompter, '\1');
    el_set(editor, EL_GETCFN, reader);
}

/// Has the key, in the notation of editrc(5), run the command.
static inline void cedit_bind(
    EditLine *editor, const char *key, const char *name, const char *help, cedit_command command) {
    el_set(editor, EL_ADDFN, name, help, command);
    el_set(editor, EL_BIND, key, name, NULL);
}

/// Has the key type the text.
static inline void cedit_bind_text(EditLine *editor, const char *key, const char *text) {
    el_set(editor, EL_BIND, "-s", key, text, NULL);
}

/// Draws prompt and line anew, from the cursor's present row on; the cursor must stand at its beginning.
static inline void cedit_redraw(EditLine *editor) { el_set(editor, EL_REFRESH); }

/// Puts the terminal into the state for editing again, whatever became of it meanwhile.
static inline void cedit_prepare_again(EditLine *editor) {
    el_set(editor, EL_PREP_TERM, 0);
    el_set(editor, EL_PREP_TERM, 1);
}

// Declared by glibc only under _GNU_SOURCE or _XOPEN_SOURCE, which a module map cannot set.
int ppoll(struct pollfd *requests, nfds_t count, const struct timespec *timeout, const sigset_t *mask);
int wcwidth(wchar_t character);

/// Waits for input with that signal mask (ppoll(2)): 1, or -1 with EINTR where a signal came in.
static inline int cedit_wait_for_input(int descriptor, const sigset_t *mask) {
    struct pollfd request = {descriptor, POLLIN, 0};
    return ppoll(&request, 1, NULL, mask);
}

/// The columns that a character takes, -1 for one that is not printed.
static inline int cedit_width(unsigned int scalar) { return wcwidth((wchar_t)scalar); }
