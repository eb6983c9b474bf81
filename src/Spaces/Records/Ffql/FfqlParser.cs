namespace Flatfile.Spaces.Records.Ffql;

/// <summary>
/// Reads Flatfile's query language: <c>[field] operator value</c> and <c>[field] is error|valid|warn|info</c>, joined by <c>and</c>, <c>or</c>
/// and parentheses; <c>and</c> binds closer. Fields are keys or labels. An operator where a field could stand compares any field.
/// </summary>
internal sealed class FfqlParser
{
    /// <summary>UTF-16 units of a query.</summary>
    public const int Longest = 10_000;

    /// <summary>Parentheses inside each other.</summary>
    public const int Deepest = 100;

    private const string Operators = "eq, ne, lt, gt, lte, gte, like, ilike, contains or is";

    private readonly List<FfqlToken> _tokens;
    private int _at;
    private int _depth;

    private FfqlParser(List<FfqlToken> tokens) => _tokens = tokens;

    private FfqlToken Now => _tokens[_at];

    /// <exception cref="RecordBodyException">Names the place and what was expected there.</exception>
    public static FfqlNode Parse(string query)
    {
        if (query.Length > Longest)
        {
            throw new RecordBodyException($"q: {query.Length:N0} characters, at most {Longest:N0} are taken.", "q");
        }

        var parser = new FfqlParser(FfqlLexer.Tokens(query));
        var node = parser.Any();
        return parser.Now.Kind == FfqlTokenKind.End
            ? node
            : throw parser.Expected(parser.Now.Kind == FfqlTokenKind.Close ? "the end: no parenthesis is open" : "'and', 'or' or the end");
    }

    public static RecordBodyException Fault(int position, string what) => new($"q: at character {position}: {what}", "q");

    private FfqlNode Any() => Joined("or", isAll: false, All);

    private FfqlNode All() => Joined("and", isAll: true, Factor);

    private FfqlNode Joined(string connective, bool isAll, Func<FfqlNode> part)
    {
        var first = part();
        if (!Now.Is(connective))
        {
            return first;
        }

        var parts = new List<FfqlNode> { first };
        while (Now.Is(connective))
        {
            _at++;
            parts.Add(part());
        }

        return new FfqlGroup(isAll, parts);
    }

    private FfqlNode Factor()
    {
        var token = Now;
        switch (token.Kind)
        {
            case FfqlTokenKind.Open:
                if (++_depth > Deepest)
                {
                    throw Fault(token.Position, $"more than {Deepest} parentheses stand inside each other.");
                }

                _at++;
                var inner = Any();
                if (Now.Kind != FfqlTokenKind.Close)
                {
                    throw Expected("'and', 'or' or ')'");
                }

                _at++;
                _depth--;
                return inner;
            case FfqlTokenKind.Word when token.Is("is"):
                return Status(null);
            case FfqlTokenKind.Word when OperatorOf(token) is { } any:
                return Comparison(null, any);
            case FfqlTokenKind.Word when IsConnective(token):
            case FfqlTokenKind.Close or FfqlTokenKind.End:
                throw Expected($"a field, an operator ({Operators}) or '('");
        }

        _at++;
        return Now.Is("is") ? Status(token)
            : OperatorOf(Now) is { } operation ? Comparison(token, operation)
            : throw Expected($"an operator ({Operators}) after {token.Shown}");
    }

    private FfqlComparison Comparison(FfqlToken? field, FfqlOperator operation)
    {
        _at++;
        var value = Now;
        if (value.Kind is not (FfqlTokenKind.Word or FfqlTokenKind.Quoted) || IsConnective(value))
        {
            throw Expected("a value (in quotes where it holds spaces or parentheses, is empty, or is 'and' or 'or')");
        }

        _at++;
        return new FfqlComparison(field, operation, value.Text, value.Position);
    }

    private FfqlStatus Status(FfqlToken? field)
    {
        _at++;
        var level = Now;
        foreach (var known in (string[])["error", "valid", "warn", "info"])
        {
            if (level.Is(known))
            {
                _at++;
                return new FfqlStatus(field, known);
            }
        }

        throw Expected("error, valid, warn or info");
    }

    private RecordBodyException Expected(string what) => Fault(Now.Position, $"expected {what}, found {Now.Shown}.");

    private static bool IsConnective(FfqlToken token) => token.Is("and") || token.Is("or");

    private static FfqlOperator? OperatorOf(FfqlToken token)
    {
        foreach (var operation in Enum.GetValues<FfqlOperator>())
        {
            if (token.Is(operation.ToString()))
            {
                return operation;
            }
        }

        return null;
    }
}
