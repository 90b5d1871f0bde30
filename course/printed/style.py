"""How a printed lesson looks: on A4 and on a screen, in ink alone."""

STYLE = """\
@page { size: A4; margin: 18mm 16mm 20mm; }
body { font: 11pt/1.45 Georgia, "DejaVu Serif", serif; color: #111; max-width: 46rem; margin: 2rem auto;
  padding: 0 1rem; }
h1, h2, h3, h4, h5, h6, th, .how, .key h4 { font-family: system-ui, "DejaVu Sans", sans-serif; line-height: 1.25; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.25rem; margin-top: 2rem; }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
h4, h5, h6 { font-size: .95rem; margin: .6rem 0 .3rem; }
h1, h2, h3, h4, h5, h6 { break-after: avoid; }
p, li, dd { orphans: 3; widows: 3; overflow-wrap: anywhere; }
a { color: inherit; }
img { max-width: 100%; height: auto; break-inside: avoid; }
pre { font: 8.5pt/1.35 "DejaVu Sans Mono", Menlo, Consolas, monospace; border: 1px solid #bbb; padding: .5rem .7rem;
  white-space: pre-wrap; overflow-wrap: anywhere; break-inside: auto; }
code { font: .88em "DejaVu Sans Mono", Menlo, Consolas, monospace; }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; font-size: .92em; break-inside: avoid; }
caption { text-align: left; font-style: italic; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #bbb; }
.how { color: #444; font-size: .85em; }
.question, .box { break-inside: avoid; }
.box { border: 1.5px solid #111; padding: .1rem .9rem .5rem; margin: 1.4rem 0; }
.room { list-style: none; padding-left: .2rem; } .room li { margin: .3rem 0; }
.blank { display: inline-block; width: 2.2rem; border-bottom: 1px solid #111; } .blank.wide { width: 9rem; }
.line { display: block; height: 1.9rem; border-bottom: 1px solid #999; }
.key { border-left: 3px solid #111; padding: .1rem 0 .1rem .9rem; margin: .8rem 0; }
.key ul { list-style: none; padding-left: 0; } .key li { margin: .25rem 0; }
.terms dt { font-weight: bold; margin-top: .5rem; } .terms dd { margin: 0 0 .3rem 1.2rem; }
article + article, h1.lesson { break-before: page; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
"""
