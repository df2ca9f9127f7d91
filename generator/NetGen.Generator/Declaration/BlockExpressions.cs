using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Declaration;

/// <summary>Reads expressions in a block's source, where the compiler has only values, as what they are made of.</summary>
/// <param name="block">The class of the block.</param>
/// <param name="compilation">What the class belongs to.</param>
/// <param name="cancellation">Ends the reading.</param>
internal sealed class BlockExpressions(INamedTypeSymbol block, Compilation compilation, CancellationToken cancellation)
{
    private readonly Dictionary<IFieldSymbol, bool> _depends = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a constant is a parameter.</summary>
    public static bool IsParameter(IFieldSymbol field) => field is { IsConst: true, Type.SpecialType: SpecialType.System_Int32 };

    /// <summary>The expression that a constant of the block is declared with; null where there is none.</summary>
    public ExpressionSyntax? InitializerOf(IFieldSymbol constant) => constant.DeclaringSyntaxReferences
        .Select(reference => (reference.GetSyntax(cancellation) as VariableDeclaratorSyntax)?.Initializer?.Value)
        .FirstOrDefault(value => value is not null);

    /// <summary>Whether the value would be another with other parameters.</summary>
    public bool DependsOnParameters(ExpressionSyntax expression) => expression
        .DescendantNodesAndSelf(node => !IsNameOf(node))
        .OfType<IdentifierNameSyntax>()
        .Any(name => ConstantOf(name) is { } constant && (IsParameter(constant) || Depends(constant)));

    /// <summary>An expression of type <c>int</c> or <c>bool</c>; null for one that is made of more than <see cref="IntegerExpression"/> knows.</summary>
    public IntegerExpression? Read(ExpressionSyntax expression) => Read(expression, 0);

    private IntegerExpression? Read(ExpressionSyntax expression, int depth)
    {
        if (depth >= IntegerExpression.MaxDepth)
        {
            return null;
        }

        if (!DependsOnParameters(expression))
        {
            return Constant(ModelOf(expression).GetConstantValue(expression, cancellation));
        }

        int inner = depth + 1;
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Read(parenthesized.Expression, inner);
            case CheckedExpressionSyntax { RawKind: (int)SyntaxKind.CheckedExpression } @checked:
                return Read(@checked.Expression, inner);
            case CastExpressionSyntax { Type: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.IntKeyword } } cast:
                return Read(cast.Expression, inner);
            case PrefixUnaryExpressionSyntax unary when UnaryExpression.IsOperator(unary.OperatorToken.ValueText):
                return Read(unary.Operand, inner) is { } operand ? new UnaryExpression(unary.OperatorToken.ValueText, operand) : null;
            case BinaryExpressionSyntax binary when BinaryExpression.IsOperator(binary.OperatorToken.ValueText):
                return Read(binary.Left, inner) is { } left && Read(binary.Right, inner) is { } right
                    ? new BinaryExpression(binary.OperatorToken.ValueText, left, right)
                    : null;
            case ConditionalExpressionSyntax conditional:
                return Read(conditional.Condition, inner) is { } condition
                    && Read(conditional.WhenTrue, inner) is { } whenTrue
                    && Read(conditional.WhenFalse, inner) is { } whenFalse
                    ? new ConditionalExpression(condition, whenTrue, whenFalse)
                    : null;
            case IdentifierNameSyntax name:
                return Constant(name, inner);
            case MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name }:
                return Constant(name, inner);
            default:
                return null;
        }
    }

    private IntegerExpression? Constant(IdentifierNameSyntax name, int depth) =>
        ConstantOf(name) is not { } constant ? null
        : IsParameter(constant) ? new ParameterExpression(constant.Name)
        : constant.Type.SpecialType == SpecialType.System_Boolean && InitializerOf(constant) is { } value ? Read(value, depth)
        : null;

    private static IntegerConstant? Constant(Optional<object?> value) => value.Value switch
    {
        int number => new IntegerConstant(number),
        bool flag => new IntegerConstant(flag ? 1 : 0),
        byte or sbyte or short or ushort => new IntegerConstant(Convert.ToInt32(value.Value, System.Globalization.CultureInfo.InvariantCulture)),
        char character => new IntegerConstant(character),
        _ => null,
    };

    /// <summary>The constant of the block that a name means; null for any other name.</summary>
    private IFieldSymbol? ConstantOf(IdentifierNameSyntax name) =>
        block.GetMembers(name.Identifier.ValueText).OfType<IFieldSymbol>().Any(field => field.IsConst)
        && ModelOf(name).GetSymbolInfo(name, cancellation).Symbol is IFieldSymbol { IsConst: true } field
        && SymbolEqualityComparer.Default.Equals(field.ContainingType.OriginalDefinition, block.OriginalDefinition)
            ? field.OriginalDefinition
            : null;

    private bool Depends(IFieldSymbol constant)
    {
        if (!_depends.TryGetValue(constant, out bool depends))
        {
            // For constants that go round in a circle, which the compiler reports.
            _depends[constant] = false;
            depends = InitializerOf(constant) is { } value && DependsOnParameters(value);
            _depends[constant] = depends;
        }

        return depends;
    }

    private static bool IsNameOf(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };

    private SemanticModel ModelOf(SyntaxNode node) => compilation.GetSemanticModel(node.SyntaxTree);
}
