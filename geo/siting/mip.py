"""Whole numbers by HiGHS: a model, the best answer so far and the bound, until somebody ends it.

HiGHS (Huangfu and Hall 2018, Mathematical Programming Computation 10 (1), pp. 119-142) branches
and cuts. It runs on one thread with one seed, so that an answer that needs no clock is the same
on every run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy import sparse

    from geo.siting.given import Floats

INFINITY: Final = highspy.kHighsInf


class Model(NamedTuple):
    """A model: least costs of variables between bounds, with rows of sums between bounds.

    Attributes
    ----------
    costs
        Of the variables, shape (n,).
    lower, upper
        Of the variables.
    whole
        Which of them are whole numbers.
    rows
        Coefficients, shape (r, n).
    least, most
        Of the rows.
    """

    costs: Floats
    lower: Floats
    upper: Floats
    whole: NDArray[np.bool_]
    rows: sparse.csr_array[Any]
    least: Floats
    most: Floats


class Answer(NamedTuple):
    """The best answer.

    Attributes
    ----------
    values
        Of the variables; None where there is no answer, or none yet.
    bound
        What the least costs do not fall below; infinite where nothing fits.
    """

    values: Floats | None
    bound: float


def solve(
    model: Model,
    go_on: Callable[[float, float], bool],
    *,
    start: Floats | None = None,
    slack: float = 0.0,
    seconds: float = INFINITY,
) -> Answer:
    """Return the answer of least costs.

    Parameters
    ----------
    model : Model
        What is asked.
    go_on : callable
        Asked again and again, with the least costs and the bound so far.
    start : ndarray of float64, optional
        An answer to begin with.
    slack : float, optional
        How far from the bound costs are close enough.
    seconds : float, optional
        After which the best so far is the answer.
    """
    solver = highspy.Highs()
    solver.silent()
    options = {"threads": 1, "random_seed": 0, "mip_rel_gap": 0.0, "mip_abs_gap": max(slack, 1e-6)}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    if seconds < INFINITY:
        solver.setOptionValue("time_limit", seconds)
    solver.passModel(_program(model))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start
        solver.setSolution(solution)

    def watch(event: highspy.highs.HighsCallbackEvent) -> None:
        out = event.data_out
        if not go_on(out.mip_primal_bound, out.mip_dual_bound):
            event.interrupt()

    def wait(event: highspy.highs.HighsCallbackEvent) -> None:
        if not go_on(INFINITY, -INFINITY):
            event.interrupt()

    solver.cbMipInterrupt.subscribe(watch)
    solver.cbSimplexInterrupt.subscribe(wait)
    solver.run()
    info, ended = solver.getInfo(), solver.getModelStatus()
    if ended == highspy.HighsModelStatus.kInfeasible:
        return Answer(None, INFINITY)
    solution = solver.getSolution()
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.asarray(solution.col_value) if feasible else None
    return Answer(values, info.mip_dual_bound)


def _program(model: Model) -> highspy.HighsLp:
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = model.rows.shape
    program.col_cost_, program.col_lower_, program.col_upper_ = (
        model.costs,
        model.lower,
        model.upper,
    )
    program.row_lower_, program.row_upper_ = model.least, model.most
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = model.rows.indptr
    program.a_matrix_.index_ = model.rows.indices
    program.a_matrix_.value_ = model.rows.data.astype(np.float64)
    kinds = [highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger]
    program.integrality_ = [kinds[each] for each in model.whole.astype(int)]
    return program
