namespace Standards.Tests.Text;

/// <summary>Past 300 lines a file is worth a look; past 400 a second thing has moved in.</summary>
internal static class SizeRule
{
    public const int Look = 300;
    public const int Limit = 400;

    public static IEnumerable<string> Violations(IEnumerable<SourceFile> files, int limit) =>
        from file in files
        let lines = file.Text.AsSpan().Count('\n')
        where lines > limit
        select $"{file.Path} has {lines} lines, more than {limit}: what second thing moved in?";
}
