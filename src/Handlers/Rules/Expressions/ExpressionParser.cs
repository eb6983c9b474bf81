using System.Globalization;

namespace Flatfile.Agent.Handlers.Rules.Expressions;

/// <summary>
/// Reads a rule: <c>or</c>, <c>and</c>, <c>not</c>, comparisons and <c>in (…)</c>, <c>+ -</c>, <c>* / %</c>, a sign, then numbers, texts, fields, functions
/// and parentheses, each binding more tightly than the one before. Nothing of it is run as code.
/// </summary>
internal sealed class ExpressionParser
{
    private const int Deepest = 100;

    private static readonly string[] Comparisons = ["=", "==", "!=", "<>", "<", "<=", ">", ">="];

    private readonly List<Token> _tokens;
    private readonly RuleFields _fields;
    private int _at;
    private int _depth;

    private ExpressionParser(string rule, RuleFields fields)
    {
        _tokens = ExpressionLexer.Tokens(rule);
        _fields = fields;
    }

    private Token Current => _tokens[_at];

    /// <summary>A rule whose result is true or false.</summary>
    /// <exception cref="ExpressionException">It cannot be read; the message says where and why.</exception>
    public static RuleNode Parse(string rule, RuleFields fields)
    {
        var parser = new ExpressionParser(rule, fields);
        var node = parser.Or();
        if (parser.Current.Kind != TokenKind.End)
        {
            throw new ExpressionException(parser.Current.Position, $"{parser.Current} is too much here. Join conditions with 'and' or 'or'.");
        }

        return Wanted(node, RuleType.Truth, "the rule must be true or false, such as a comparison");
    }

    private RuleNode Or()
    {
        if (++_depth > Deepest)
        {
            throw new ExpressionException(Current.Position, $"parentheses stand deeper than {Deepest} in one another. Split the rule.");
        }

        var left = And();
        while (Takes("or"))
        {
            left = RuleOperators.Or(Truth(left, "or"), Truth(And(), "or"));
        }

        _depth--;
        return left;
    }

    private RuleNode And()
    {
        var left = Not();
        while (Takes("and"))
        {
            left = RuleOperators.And(Truth(left, "and"), Truth(Not(), "and"));
        }

        return left;
    }

    private RuleNode Not()
    {
        var position = Current.Position;
        var times = 0;
        while (Takes("not"))
        {
            times++;
        }

        var operand = Comparison();
        if (times == 0)
        {
            return operand;
        }

        operand = Truth(operand, "not");
        return times % 2 == 1 ? RuleOperators.Not(operand, position) : operand;
    }

    private RuleNode Comparison()
    {
        var left = Sum();
        if (Current.Kind == TokenKind.Sign && Comparisons.Contains(Current.Text))
        {
            var sign = Next();
            return RuleOperators.Compare(sign.Text, left, Same(left, Sum(), sign.Position));
        }

        if (Takes("in"))
        {
            Expect("(", "after 'in' the values stand in parentheses");
            var options = new List<RuleNode>();
            do
            {
                options.Add(Same(left, Sum(), Current.Position));
            }
            while (TakesSign(","));

            Expect(")", "the list of values is not closed");
            return RuleOperators.In(left, options);
        }

        return left;
    }

    private RuleNode Sum()
    {
        var left = Product();
        while (Current.IsSign("+") || Current.IsSign("-"))
        {
            var sign = Next();
            var isJoin = sign.Text == "+" && left.Type == RuleType.Text;
            var right = Product();
            left = isJoin
                ? RuleOperators.Calculate("+", left, Wanted(right, RuleType.Text, "only a text can be joined to a text; text(…) makes one"))
                : RuleOperators.Calculate(sign.Text, Number(left, sign.Text), Number(right, sign.Text));
        }

        return left;
    }

    private RuleNode Product()
    {
        var left = Signed();
        while (Current.IsSign("*") || Current.IsSign("/") || Current.IsSign("%"))
        {
            var sign = Next();
            left = RuleOperators.Calculate(sign.Text, Number(left, sign.Text), Number(Signed(), sign.Text));
        }

        return left;
    }

    private RuleNode Signed()
    {
        var position = Current.Position;
        var (isNegative, isSigned) = (false, false);
        while (Current.IsSign("-"))
        {
            Next();
            (isNegative, isSigned) = (!isNegative, true);
        }

        var operand = Primary();
        operand = isSigned ? Number(operand, "-") : operand;
        return isNegative ? RuleOperators.Negate(operand, position) : operand;
    }

    private RuleNode Primary()
    {
        var token = Next();
        switch (token.Kind)
        {
            case TokenKind.Number:
                return decimal.TryParse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                    ? Constant(RuleType.Number, token, number)
                    : throw new ExpressionException(token.Position, $"{token} is no number. Write it with a point and without grouping, such as 1234.5.");
            case TokenKind.Text:
                return Constant(RuleType.Text, token, token.Text);
            case TokenKind.Field:
                return Field(token);
            case TokenKind.Name when token.IsWord("true") || token.IsWord("false"):
                return Constant(RuleType.Truth, token, token.IsWord("true"));
            case TokenKind.Name when token.IsWord("null"):
                throw new ExpressionException(token.Position, "nothing equals null. Ask with isEmpty(…).");
            case TokenKind.Name when Current.IsSign("("):
                return Call(token);
            case TokenKind.Name:
                return Field(token);
            case TokenKind.Sign when token.Text == "(":
                var inner = Or();
                Expect(")", "the parenthesis is not closed");
                return inner;
            default:
                throw new ExpressionException(token.Position, $"a value is missing before {token}.");
        }
    }

    private RuleNode Call(Token name)
    {
        Next();
        var arguments = new List<RuleNode>();
        if (!Current.IsSign(")"))
        {
            do
            {
                arguments.Add(Or());
            }
            while (TakesSign(","));
        }

        Expect(")", $"the call of {name.Text} is not closed");
        return RuleFunctions.Call(name, arguments);
    }

    private RuleNode Field(Token name) =>
        _fields.Find(name.Text, name.Position)
        ?? throw new ExpressionException(name.Position, $"there is no field '{name.Text}'. Fields: {_fields.Known}. Texts stand in quotes.");

    private static RuleNode Constant(RuleType type, Token token, object value) => new(type, token.Position, _ => value) { Constant = value };

    private static RuleNode Same(RuleNode left, RuleNode right, int position) =>
        left.Type == right.Type && left.Type != RuleType.List
            ? right
            : throw new ExpressionException(position, $"{RuleFunctions.Words(left.Type)} and {RuleFunctions.Words(right.Type)} cannot be compared. number(…) and text(…) change one into the other.");

    private static RuleNode Truth(RuleNode node, string word) => Wanted(node, RuleType.Truth, $"'{word}' stands between what is true or false");

    private static RuleNode Number(RuleNode node, string sign) => Wanted(node, RuleType.Number, $"'{sign}' takes numbers; number(…) makes one of a text");

    private static RuleNode Wanted(RuleNode node, RuleType type, string why) =>
        node.Type == type ? node : throw new ExpressionException(node.Position, $"this is {RuleFunctions.Words(node.Type)}, but {why}.");

    private Token Next() => Current.Kind == TokenKind.End ? Current : _tokens[_at++];

    private bool Takes(string word)
    {
        var takes = Current.IsWord(word);
        _at += takes ? 1 : 0;
        return takes;
    }

    private bool TakesSign(string sign)
    {
        var takes = Current.IsSign(sign);
        _at += takes ? 1 : 0;
        return takes;
    }

    private void Expect(string sign, string what)
    {
        if (!TakesSign(sign))
        {
            throw new ExpressionException(Current.Position, $"{what}: '{sign}' is missing before {Current}.");
        }
    }
}
