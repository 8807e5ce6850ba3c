"""The style sheet: how every kind of control looks, written once with the tokens of the theme.

Kinds are dynamic properties: `setProperty("kind", "primary")` on a button, "title" on a label.
"""

from collections.abc import Callable
from string import Template
from typing import TYPE_CHECKING

from organizer import resources

if TYPE_CHECKING:
    from organizer.ui.theme import Tokens

_SHEET = Template("""
QWidget { color: $ink; }
QMainWindow, QDialog, #page { background: $bg; }
QToolTip { background: $card; color: $ink; border: 1px solid $line; padding: ${p4}px ${p8}px; }
QLabel[kind="mut"], QLabel[kind="hint"] { color: $mut; font-size: ${t12}px; }
QLabel[kind="label"] { color: $mut; font-size: ${t12}px; }
QLabel[kind="error"] { color: $acc; font-size: ${t12}px; }
QLabel[kind="pending"], QLabel[kind="doubt"] { color: $warn; font-size: ${t12}px; }
QLabel[kind="done"] { color: $ok; font-size: ${t12}px; }
QLabel[kind="title"] { font-size: ${t20}px; font-weight: 600; }
QLabel[kind="head"] { font-size: ${t16}px; font-weight: 600; }
QLabel[kind="large"] { font-size: ${t28}px; font-weight: 600; }
QLabel[kind="large"][state="wrong"] { color: $warn; }
QLabel[kind="key"] { color: $mut; border: 1px solid $line; border-radius: 4px;
  font-size: ${t12}px; padding: 0 ${p4}px; background: $card; }
QLabel[kind="chip"] { color: $info; background: $infos; border-radius: ${p10}px;
  font-size: ${t12}px; padding: ${p2}px ${p10}px; }
QLabel[kind="practice"] { color: $warn; background: $warns; border-radius: ${p10}px; font-weight: 600;
  font-size: ${t12}px; padding: ${p2}px ${p10}px; }
QLabel[kind="warn"] { color: $warn; background: $warns; border-radius: 8px; padding: ${p8}px ${p12}px; }
QLabel[kind="info"] { color: $info; background: $infos; border-radius: 8px; padding: ${p8}px ${p12}px; }
QLabel[kind="good"] { color: $ok; background: $oks; border-radius: 8px; padding: ${p8}px ${p12}px; }
QLabel[kind="alarm"] { color: $acc; font-weight: 600; }
QFrame[kind="card"] { background: $card; border: 1px solid $line; border-radius: 10px; }
QFrame[kind="rule"] { background: $line; max-height: 1px; min-height: 1px; border: none; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit {
  background: $card; border: 1px solid $line; border-radius: 8px; color: $ink;
  padding: 0 ${p12}px; min-height: ${h34}px; font-size: ${t16}px;
  selection-background-color: $sel; selection-color: $ink; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $mut; }
QPlainTextEdit, QTextEdit { padding: ${p8}px; }
QPlainTextEdit[kind="small"] { font-size: ${t12}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus,
QDateEdit:focus { border: 2px solid $acc; padding-left: ${p11}px; min-height: ${f34}px; }
QLineEdit[state="wrong"], QComboBox[state="wrong"] { border: 1px solid $acc; background: $accs; }
QLineEdit[state="wrong"]:focus, QComboBox[state="wrong"]:focus { border: 2px solid $acc; }
QLineEdit:disabled, QComboBox:disabled { color: $no; background: $nos; }
QLineEdit[kind="answer"], QComboBox[kind="answer"] { font-size: ${t14}px; min-height: ${h28}px;
  padding: 0 ${p8}px; }
QLineEdit[kind="answer"]:focus, QComboBox[kind="answer"]:focus { min-height: ${f28}px; }
QComboBox[state="greyed"] { color: $mut; }
QComboBox[state="on"] { color: $acc; border-color: $acc; background: $sel; }
QComboBox::drop-down { border: none; width: ${p24}px; }
QComboBox::down-arrow { image: url($down); width: ${p16}px; height: ${p16}px; }
QComboBox QAbstractItemView { background: $card; border: 1px solid $line; outline: 0; padding: ${p4}px; }
QPushButton, QToolButton, QCheckBox, QRadioButton, QComboBox { outline: none; }
QPushButton { background: $card; border: 1px solid $line; border-radius: 8px; color: $ink;
  min-height: ${h34}px; padding: 0 ${p16}px; font-size: ${t14}px; }
QPushButton:hover { background: $nos; }
QPushButton:focus { border: 2px solid $acc; padding: 0 ${p15}px; min-height: ${f34}px; }
QPushButton:disabled { color: $no; background: $nos; }
QPushButton[kind="primary"] { background: $acc; border-color: $acc; color: $on_acc; font-weight: 600; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="primary"]:disabled { background: $nos; border-color: $line; color: $no; }
QPushButton[kind="primary"] QLabel { color: $on_acc; font-weight: 600; }
QPushButton[kind="primary"] QLabel[kind="key"] { border-color: $on_acc; background: transparent;
  font-weight: 400; }
QPushButton QLabel:disabled, QPushButton[kind="primary"] QLabel:disabled { color: $no; }
QPushButton[kind="link"], QPushButton[kind="inline"] { background: transparent; color: $info; padding: 0;
  border: 2px solid transparent; border-radius: 4px; min-height: ${f34}px; text-align: left; }
QPushButton[kind="inline"], QPushButton[kind="inline"]:focus { min-height: ${h20}px; text-align: center; }
QPushButton[kind="link"]:focus, QPushButton[kind="inline"]:focus { border: 2px solid $acc; padding: 0; }
QToolButton[kind="rail"] { background: transparent; border: 2px solid transparent; border-radius: 8px; color: $mut;
  font-size: ${t12}px; min-height: ${h46}px; padding: ${p4}px 0; }
QToolButton[kind="rail"][low="true"] { min-height: ${h28}px; }
QToolButton[kind="rail"]:hover { background: $nos; }
QToolButton[kind="rail"]:checked { background: $sel; color: $acc; font-weight: 600; }
QToolButton[kind="rail"]:focus { border: 2px solid $acc; }
QPushButton[kind="alarm"] { color: $acc; border-color: $acc; font-weight: 600; padding: 0 ${p10}px; }
QPushButton[kind="alarm"]:checked { background: $accs; }
QPushButton[kind="alarm"]:focus, QPushButton[kind="choice"]:focus { border: 2px solid $acc; padding: 0 ${p9}px; }
QPushButton[kind="choice"] { padding: 0 ${p10}px; }
QPushButton[kind="choice"]:checked { background: $sel; border-color: $acc; color: $acc; }
QCheckBox, QRadioButton { border: 2px solid transparent; border-radius: 4px; spacing: ${p8}px;
  font-size: ${t14}px; min-height: ${h28}px; }
QCheckBox::indicator { width: ${p16}px; height: ${p16}px; border: 1px solid $mut; border-radius: 4px;
  background: $card; }
QCheckBox::indicator:checked { background: $acc; border-color: $acc; image: url($tick); }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $acc; }
QAbstractItemView { background: $card; border: 1px solid $line; border-radius: 10px; outline: 0;
  selection-background-color: $sel; selection-color: $ink; gridline-color: $line; }
QAbstractItemView:focus { border: 1px solid $acc; }
QAbstractItemView[kind="inner"], QAbstractItemView[kind="inner"]:focus {
  background: transparent; border: none; selection-background-color: transparent; }
QTableView::item, QListView::item, QTreeView::item { padding: 0 ${p8}px; border: none; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {
  background: $sel; color: $ink; }
QTreeView[kind="inner"]::item:selected, QListView[kind="inner"]::item:selected {
  background: transparent; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $card; color: $mut; border: none; border-bottom: 1px solid $line;
  padding: 0 ${p11}px; font-size: ${t12}px; min-height: ${h32}px; }
QHeaderView::section:first, QHeaderView::section:only-one { border-top-left-radius: 9px; }
QHeaderView::section:last, QHeaderView::section:only-one { border-top-right-radius: 9px; }
QMenu { background: $card; border: 1px solid $line; padding: ${p4}px; }
QMenu::item { padding: ${p8}px ${p24}px; border-radius: 6px; }
QMenu::item:selected { background: $sel; }
QMenu::item:disabled { color: $no; }
QScrollBar:vertical { background: transparent; width: ${p10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p10}px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 5px; min-height: ${p32}px; min-width: ${p32}px; }
QScrollBar::handle:hover { background: $mut; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; border: none; height: 0; width: 0; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QProgressBar { background: $nos; border: none; border-radius: 4px; max-height: ${p8}px; text-align: center; }
QProgressBar::chunk { background: $ok; border-radius: 4px; }
QSplitter::handle { background: transparent; }
#rail { background: $card; border-right: 1px solid $line; }
#topbar { background: $card; border-bottom: 1px solid $line; }
#toast { background: $ink; border-radius: 8px; }
#toast QLabel { color: $card; }
#toast QPushButton { background: transparent; border: none; color: $card; font-weight: 600;
  text-decoration: underline; }
#popup { background: $card; border: 1px solid $line; border-radius: 10px; }
#popup QListView { background: transparent; border: none; border-radius: 0; }
#popup QListView { border: none; border-radius: 0; }
#sections { background: transparent; border: none; border-radius: 0; font-size: ${t14}px; }
#sections::item { border-radius: 8px; padding: 0 ${p12}px; }
#sections::item:selected { background: $sel; color: $acc; }
#sections:focus { border: none; }
#sections::item:selected:focus { border: 2px solid $acc; }
#search { background: $bg; }
""")


def sheet(tokens: "Tokens", px: Callable[[float], int]) -> str:
    """The whole style sheet for these colours at the type size `px` scales to."""
    measures = {f"t{size}": px(size) for size in (12, 14, 16, 20, 28)}
    measures |= {f"p{gap}": px(gap) for gap in (2, 4, 8, 9, 10, 11, 12, 15, 16, 24, 32)}
    measures |= {f"h{height}": px(height) for height in (20, 28, 32, 34, 46)}
    # With the focus a border is a pixel thicker on each side; nothing below is to move by that.
    measures |= {f"f{height}": px(height) - 2 for height in (28, 34)}
    down = {name: resources.path("icons", f"{name}.svg").as_posix() for name in ("down", "tick")}
    return _SHEET.substitute(
        {**vars(tokens), **down, **{key: str(value) for key, value in measures.items()}}
    )
