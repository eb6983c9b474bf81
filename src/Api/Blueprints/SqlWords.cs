namespace Flatfile.Api;

/// <summary>The words of SQL, one after the other.</summary>
internal sealed class SqlWords(IReadOnlyList<SqlToken> tokens)
{
    private int _at;

    public SqlToken Current => tokens[_at];

    public bool IsAtEnd => Current.Kind == 'e';

    public SqlToken Next() => IsAtEnd ? Current : tokens[_at++];

    public bool Peek(int ahead, string word) => _at + ahead < tokens.Count && tokens[_at + ahead].Is(word);

    /// <summary>Takes the words when all of them stand here in this order.</summary>
    public bool Take(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!Peek(i, words[i]))
            {
                return false;
            }
        }

        _at += words.Length;
        return true;
    }

    public void Expect(string word)
    {
        if (!Take(word))
        {
            throw Fault($"'{word}' is missing before {Current}.");
        }
    }

    /// <summary>A name; of one with a schema before it the last part.</summary>
    public string Name()
    {
        while (true)
        {
            if (!Current.IsName)
            {
                throw Fault($"a name is missing before {Current}.");
            }

            var name = Next().Text;
            if (!Take("."))
            {
                return name;
            }
        }
    }

    /// <summary>Names in parentheses; orders and lengths behind them are passed over.</summary>
    public List<string> Names()
    {
        var names = new List<string>();
        Expect("(");
        do
        {
            names.Add(Name());
            while (!Current.Is(",") && !Current.Is(")") && !IsAtEnd)
            {
                SkipOne();
            }
        }
        while (Take(","));

        Expect(")");
        return names;
    }

    /// <summary>The words within parentheses, without the outer ones.</summary>
    public List<SqlToken> Enclosed()
    {
        Expect("(");
        var (inner, depth) = (new List<SqlToken>(), 1);
        while (true)
        {
            if (IsAtEnd)
            {
                throw Fault("a parenthesis is not closed.");
            }

            var token = Next();
            depth += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
            if (depth == 0)
            {
                return inner;
            }

            inner.Add(token);
        }
    }

    /// <summary>Passes over one word, or all of what stands in parentheses.</summary>
    public void SkipOne()
    {
        if (Current.Is("("))
        {
            Enclosed();
        }
        else
        {
            Next();
        }
    }

    public void SkipStatement()
    {
        while (!IsAtEnd && !Current.Is(";"))
        {
            SkipOne();
        }
    }

    public BlueprintException Fault(string what) => new([$"Line {Current.Line}: {what}"]);
}
