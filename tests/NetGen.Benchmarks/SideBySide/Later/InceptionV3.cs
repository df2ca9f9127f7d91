namespace NetGen.Benchmarks.SideBySide.Later;

/// <summary>A convolution that keeps the map's size.</summary>
[Block]
[Conv2d(Width, Rows, Columns, PaddingH = Rows / 2, PaddingW = Columns / 2, Bias = false, Name = "conv"), BatchNorm2d(Epsilon = 0.001, Name = "bn"), ReLU]
internal static class SameConv { public const int Width = 64, Rows = 1, Columns = 1; }

/// <summary>A convolution by 3×3 without padding.</summary>
[Block]
[Conv2d(Width, 3, Stride = Stride, Bias = false, Name = "conv"), BatchNorm2d(Epsilon = 0.001, Name = "bn"), ReLU]
internal static class ValidConv { public const int Width = 64, Stride = 2; }

[Block]
[Use(typeof(SameConv), Width = 64, Name = "branch1x1")]
[Use(typeof(SameConv), Width = 48, From = "input", Name = "branch5x5_1")]
[Use(typeof(SameConv), "Rows", 5, "Columns", 5, Width = 64, Name = "branch5x5_2")]
[Use(typeof(SameConv), Width = 64, From = "input", Name = "branch3x3dbl_1")]
[Use(typeof(SameConv), "Rows", 3, "Columns", 3, Width = 96, Name = "branch3x3dbl_2")]
[Use(typeof(SameConv), "Rows", 3, "Columns", 3, Width = 96, Name = "branch3x3dbl_3")]
[AvgPool2d(3, Stride = 1, Padding = 1, From = "input"), Use(typeof(SameConv), Width = Width, Name = "branch_pool")]
[Concat("branch1x1", "branch5x5_2", "branch3x3dbl_3", "branch_pool")]
internal static class InceptionA { public const int Width = 64; }

[Block]
[Use(typeof(ValidConv), Width = 384, Name = "branch3x3")]
[Use(typeof(SameConv), Width = 64, From = "input", Name = "branch3x3dbl_1")]
[Use(typeof(SameConv), "Rows", 3, "Columns", 3, Width = 96, Name = "branch3x3dbl_2")]
[Use(typeof(ValidConv), Width = 96, Name = "branch3x3dbl_3")]
[MaxPool2d(3, Stride = 2, From = "input", Name = "pool")]
[Concat("branch3x3", "branch3x3dbl_3", "pool")]
internal static class InceptionB;

[Block]
[Use(typeof(SameConv), Width = 192, Name = "branch1x1")]
[Use(typeof(SameConv), Width = Width, From = "input", Name = "branch7x7_1")]
[Use(typeof(SameConv), "Columns", 7, Width = Width, Name = "branch7x7_2")]
[Use(typeof(SameConv), "Rows", 7, Width = 192, Name = "branch7x7_3")]
[Use(typeof(SameConv), Width = Width, From = "input", Name = "branch7x7dbl_1")]
[Use(typeof(SameConv), "Rows", 7, Width = Width, Name = "branch7x7dbl_2")]
[Use(typeof(SameConv), "Columns", 7, Width = Width, Name = "branch7x7dbl_3")]
[Use(typeof(SameConv), "Rows", 7, Width = Width, Name = "branch7x7dbl_4")]
[Use(typeof(SameConv), "Columns", 7, Width = 192, Name = "branch7x7dbl_5")]
[AvgPool2d(3, Stride = 1, Padding = 1, From = "input"), Use(typeof(SameConv), Width = 192, Name = "branch_pool")]
[Concat("branch1x1", "branch7x7_3", "branch7x7dbl_5", "branch_pool")]
internal static class InceptionC { public const int Width = 128; }

[Block]
[Use(typeof(SameConv), Width = 192, Name = "branch3x3_1"), Use(typeof(ValidConv), Width = 320, Name = "branch3x3_2")]
[Use(typeof(SameConv), Width = 192, From = "input", Name = "branch7x7x3_1")]
[Use(typeof(SameConv), "Columns", 7, Width = 192, Name = "branch7x7x3_2")]
[Use(typeof(SameConv), "Rows", 7, Width = 192, Name = "branch7x7x3_3")]
[Use(typeof(ValidConv), Width = 192, Name = "branch7x7x3_4")]
[MaxPool2d(3, Stride = 2, From = "input", Name = "pool")]
[Concat("branch3x3_2", "branch7x7x3_4", "pool")]
internal static class InceptionD;

[Block]
[Use(typeof(SameConv), Width = 320, Name = "branch1x1")]
[Use(typeof(SameConv), Width = 384, From = "input", Name = "branch3x3_1")]
[Use(typeof(SameConv), "Columns", 3, Width = 384, Name = "branch3x3_2a")]
[Use(typeof(SameConv), "Rows", 3, Width = 384, From = "branch3x3_1", Name = "branch3x3_2b")]
[Use(typeof(SameConv), Width = 448, From = "input", Name = "branch3x3dbl_1")]
[Use(typeof(SameConv), "Rows", 3, "Columns", 3, Width = 384, Name = "branch3x3dbl_2")]
[Use(typeof(SameConv), "Columns", 3, Width = 384, Name = "branch3x3dbl_3a")]
[Use(typeof(SameConv), "Rows", 3, Width = 384, From = "branch3x3dbl_2", Name = "branch3x3dbl_3b")]
[AvgPool2d(3, Stride = 1, Padding = 1, From = "input"), Use(typeof(SameConv), Width = 192, Name = "branch_pool")]
[Concat("branch1x1", "branch3x3_2a", "branch3x3_2b", "branch3x3dbl_3a", "branch3x3dbl_3b", "branch_pool")]
internal static class InceptionE;

/// <summary>
/// Inception v3 under torchvision's names, without the head that helps in training. Christian Szegedy, Vincent Vanhoucke and others: Rethinking
/// the Inception Architecture for Computer Vision, 2015.
/// </summary>
[Network(Training = false)]
[Input(3, 299, 299)]
[Use(typeof(ValidConv), Width = 32, Name = "Conv2d_1a_3x3")]
[Use(typeof(ValidConv), Width = 32, Stride = 1, Name = "Conv2d_2a_3x3")]
[Use(typeof(SameConv), "Rows", 3, "Columns", 3, Width = 64, Name = "Conv2d_2b_3x3"), MaxPool2d(3, Stride = 2)]
[Use(typeof(SameConv), Width = 80, Name = "Conv2d_3b_1x1")]
[Use(typeof(ValidConv), Width = 192, Stride = 1, Name = "Conv2d_4a_3x3"), MaxPool2d(3, Stride = 2)]
[Use(typeof(InceptionA), Width = 32, Name = "Mixed_5b")]
[Use(typeof(InceptionA), Name = "Mixed_5c"), Use(typeof(InceptionA), Name = "Mixed_5d")]
[Use(typeof(InceptionB), Name = "Mixed_6a")]
[Use(typeof(InceptionC), Name = "Mixed_6b")]
[Use(typeof(InceptionC), Width = 160, Name = "Mixed_6c"), Use(typeof(InceptionC), Width = 160, Name = "Mixed_6d")]
[Use(typeof(InceptionC), Width = 192, Name = "Mixed_6e")]
[Use(typeof(InceptionD), Name = "Mixed_7a")]
[Use(typeof(InceptionE), Name = "Mixed_7b"), Use(typeof(InceptionE), Name = "Mixed_7c")]
[GlobalAvgPool2d, Dropout(0.5), Linear(1000, Name = "fc")]
internal sealed partial class InceptionV3;
