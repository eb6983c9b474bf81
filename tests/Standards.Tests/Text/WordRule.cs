namespace Standards.Tests.Text;

/// <summary>Words that may stand nowhere in the repository, each with what to do instead.</summary>
internal static class WordRule
{
    // Written in two halves so that this file keeps the rule.
    private static readonly (string Word, string Instead)[] Banned =
    [
        ("Thread." + "Sleep", "await a signal with a limit"),
        ("DateTime." + "Now", "take TimeProvider"),
        ("DateTime." + "UtcNow", "take TimeProvider"),
        ("DateTimeOffset." + "UtcNow", "take TimeProvider"),
        ("async " + "void", "return a Task"),
        ("TypeName" + "Handling", "store ids, never CLR type names"),
        ("Binary" + "Formatter", "write JSON"),
        ("/ho" + "me/", "no machine's paths"),
        ("/wo" + "rk/", "no machine's paths"),
        ("TO" + "DO", "do it, or say in README that it is not there"),
        ("FIX" + "ME", "do it, or say in README that it is not there"),
    ];

    public static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        from banned in Banned
        let at = file.Text.IndexOf(banned.Word, StringComparison.Ordinal)
        where at >= 0
        select $"{file.Path}({file.Text.AsSpan(0, at).Count('\n') + 1}): '{banned.Word}': {banned.Instead}.";
}
