#pragma once
// libedit's own interface (editline(3)). el_set, el_get and history are variadic: each use has a wrapper here.
#include <histedit.h>
#include <stdio.h>
#include <wchar.h>

/// An editor on standard input that draws on standard error. What libedit itself would complain about goes nowhere.
static inline EditLine *cedit_start(const char *program, FILE *errors) {
    return el_init(program, stdin, stderr, errors);
}

static inline char *cedit_prompt(EditLine *editor) {
    void *prompt = NULL;
    el_get(editor, EL_CLIENTDATA, &prompt);
    return prompt != NULL ? (char *)prompt : (char *)"";
}

/// The prompt must outlive the next el_gets. Text between two \1 takes no room on the screen.
static inline void cedit_set_prompt(EditLine *editor, char *prompt) {
    el_set(editor, EL_CLIENTDATA, prompt);
    el_set(editor, EL_PROMPT_ESC, cedit_prompt, '\1');
}

/// Whether $TERM names a terminal that libedit can draw on.
static inline int cedit_knows_terminal(EditLine *editor) { return el_set(editor, EL_TERMINAL, NULL) == 0; }

/// Takes a paste (bracketed paste, up to ESC [201~) as one piece: line ends become spaces within it and vanish at its ends,
/// control characters are dropped.
static inline unsigned char cedit_take_paste(EditLine *editor, int key) {
    static const wchar_t end[] = L"\033[201~";
    enum { tail = sizeof end / sizeof end[0] - 1, room = 4096 };
    wchar_t text[room + 1];
    size_t length = 0, start = 0, kept = 0;
    wchar_t character;
    (void)key;
    while (length < room && el_wgetc(editor, &character) == 1) {
        text[length++] = character == L'\n' || character == L'\r' ? L' ' : character;
        if (length >= tail && wmemcmp(text + length - tail, end, tail) == 0) {
            length -= tail;
            break;
        }
    }
    while (start < length && text[start] == L' ') start++;
    while (length > start && text[length - 1] == L' ') length--;
    for (size_t i = start; i < length; i++)
        if (text[i] >= 0x20 && text[i] != 0x7f) text[kept++] = text[i];
    text[kept] = L'\0';
    if (kept > 0) el_winsertstr(editor, text);
    return CC_REFRESH;
}

/// Emacs keys; signals restore the terminal and reach careinit's own handlers; a paste is one piece; Shift-Tab answers
/// with the command `:back`.
static inline void cedit_configure(EditLine *editor) {
    el_set(editor, EL_SIGNAL, 1);
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_ADDFN, "careinit-paste", "Take a paste as one piece", cedit_take_paste);
    el_set(editor, EL_BIND, "\033[200~", "careinit-paste", NULL);
    el_set(editor, EL_BIND, "-s", "\033[Z", "\001\013:back\n", NULL);
    el_set(editor, EL_BIND, "^I", "ed-unassigned", NULL);
}
